import { parseArgs } from 'node:util';
import { accept, type Result, reject } from '../contract/rejection.ts';

export interface DaemonArguments {
  /** As given, or null for the default. */
  data: string | null;
  /** As given, or null for the one in the settings. */
  port: number | null;
  json: boolean;
  /** The app has started it, to work without a window. */
  background: boolean;
}

/** Reads `--data <folder>`, `--port <number>`, `--json` and `--background`. Rejected as `invalid` with a sentence. */
export function readArguments(args: readonly string[]): Result<DaemonArguments> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        json: { type: 'boolean' },
        background: { type: 'boolean' },
      },
    });
    const port = values.port === undefined ? null : readPort(values.port);
    if (Number.isNaN(port)) return reject('invalid', `--port must be a number from 0 to 65535, not “${values.port}”.`);
    return accept({
      data: values.data ?? null,
      port,
      json: values.json ?? false,
      background: values.background ?? false,
    });
  } catch (error) {
    // Node's own sentence, such as "Unknown option '--x'"; advice on positional arguments follows it.
    const sentence = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    return reject('invalid', `${sentence}. There are --data <folder>, --port <number> and --json.`);
  }
}

function readPort(text: string): number {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : Number.NaN;
}
