/** Who opened what: everything added is closed once, newest first, also when one of them fails. */
export interface Scope {
  /** Runs `close` when the scope closes. */
  add(close: () => void | Promise<void>): void;
  /** Closes everything; a second call waits for the first. Throws the first failure after all have been tried. */
  close(): Promise<void>;
}

export function createScope(): Scope {
  const closers: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | null = null;
  return {
    add(close) {
      if (closing) throw new Error('The scope is closed.');
      closers.push(close);
    },
    close() {
      closing ??= (async () => {
        const failures: unknown[] = [];
        for (let close = closers.pop(); close; close = closers.pop()) {
          try {
            await close();
          } catch (error) {
            failures.push(error);
          }
        }
        if (failures.length > 0) throw failures[0];
      })();
      return closing;
    },
  };
}
