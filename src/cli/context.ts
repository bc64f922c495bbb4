import type { Paint } from './printing/paint.ts';
import type { View } from './printing/view.ts';
import type { ScreenDevice } from './screen-device.ts';

/** Where text goes: standard output or standard error. */
export interface Output {
  readonly isTerminal: boolean;
  readonly paint: Paint;
  /** Terminal columns now; Infinity where there is no terminal. */
  columns(): number;
  /** Text as it is; foreign text must be safe by now. */
  write(text: string): void;
  /** Resolves when what was written has left, so that a slow reader holds up the writer. */
  drained(): Promise<void>;
}

/** Everything a command gets from the process it runs in. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
  readonly stdin: AsyncIterable<unknown> & { readonly isTTY?: boolean };
  readonly out: Output;
  readonly err: Output;
  /** The terminal that input and output are; null where they are something else. */
  screen(): ScreenDevice | null;
  /** Calls back at Ctrl-C instead of ending; gives a function that takes it back. */
  onInterrupt(handler: () => void): () => void;
}

/** The options that every command has. */
export interface GlobalOptions {
  json?: boolean;
  data?: string;
}

/**
 * A command: positional arguments as they were given, options, and what it runs in. Returns its exit code, nothing for
 * 0; throws `Failure`.
 */
export type Command<Options = object> = (
  context: Context,
  args: readonly string[],
  options: Options & GlobalOptions,
) => Promise<number | undefined>;

/** How things are to be printed on standard output now. */
export function viewOf(context: Context): View {
  return { paint: context.out.paint, columns: context.out.columns(), now: Date.now() };
}

/** Prints a result: the value itself as one line of JSON with `--json`, else the lines for a person. */
export function show(
  context: Context,
  options: GlobalOptions,
  value: unknown,
  describe: (view: View) => readonly string[],
): void {
  if (options.json) context.out.write(`${JSON.stringify(value ?? null)}\n`);
  else
    context.out.write(
      describe(viewOf(context))
        .map((line) => `${line}\n`)
        .join(''),
    );
}

/** A remark for a person, on standard error so that it never mixes with a result. */
export function remark(context: Context, text: string): void {
  context.err.write(`${text}\n`);
}
