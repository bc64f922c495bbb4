/** A value that can be watched. */
export interface Value<T> {
  get(): T;
  /** Tells every listener, unless it is the same value. */
  set(next: T): void;
  /** Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
}

export function createValue<T>(initial: T): Value<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(next) {
      if (Object.is(next, current)) return;
      current = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
