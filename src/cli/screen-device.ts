/** The terminal that a command runs in, where its input and output are one. */
export interface ScreenDevice {
  size(): { cols: number; rows: number };
  /** Every key comes as it is from now on, until `end`; `restore` is written then, also when a signal ends the command. */
  begin(restore: string): void;
  /** Puts everything back; a second call does nothing. */
  end(): void;
  /** Resolves when it may be written on. */
  write(data: string | Uint8Array): Promise<void>;
  onInput(listener: (bytes: Uint8Array) => void): () => void;
  onResize(listener: () => void): () => void;
}

const SIGNALS = { SIGTERM: 143, SIGHUP: 129 } as const;

/** The terminal of this process; null where input or output is something else. */
export function screenOfProcess(): ScreenDevice | null {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return null;
  let restore: string | null = null;

  function end(): void {
    if (restore === null) return;
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write(restore);
    restore = null;
    for (const [name, ended] of ends) process.off(name, ended);
  }
  const ends = Object.entries(SIGNALS).map(([name, code]) => {
    const ended = () => {
      end();
      process.exit(code);
    };
    return [name, ended] as const;
  });

  return {
    size: () => ({ cols: stdout.columns || 80, rows: stdout.rows || 24 }),
    begin(text) {
      restore = text;
      stdin.setRawMode(true);
      for (const [name, ended] of ends) process.on(name, ended);
    },
    end,
    write: (data) => new Promise((resolve) => void stdout.write(data, () => resolve())),
    onInput(listener) {
      stdin.on('data', listener);
      return () => void stdin.off('data', listener);
    },
    onResize(listener) {
      stdout.on('resize', listener);
      return () => void stdout.off('resize', listener);
    },
  };
}
