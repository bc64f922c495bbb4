/**
 * The part of a WebSocket that a connection uses: a browser's and the `ws` package's both fit. Text frames only;
 * `readyState` 1 is open.
 */
export interface WebSocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The part of an AbortSignal that is used here, in words that need neither Node nor DOM. */
export interface SignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** `setTimeout` of whatever runs this. */
declare const setTimeout: (fire: () => void, ms: number) => unknown;
declare const clearTimeout: (handle: unknown) => void;

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal?: SignalLike): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(handle);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const handle = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}
