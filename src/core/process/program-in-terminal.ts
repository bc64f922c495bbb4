/** A program that runs in a terminal, for whoever shows it: starting and ending it is for others. */
export interface ProgramInTerminal {
  readonly pid: number;
  /** In characters, at its start. */
  readonly size: { cols: number; rows: number };
  /** Never rejects. Exactly one of `code` and `signal` is set. */
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  /** Every byte that it prints. It is never held back, or the program stands still. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** What a person types, or their terminal answers. */
  write(data: string | Uint8Array): void;
  resize(size: { cols: number; rows: number }): void;
}
