import { ConnectionLost } from '../../contract/connection/connect.ts';
import { notifyProblem } from '../ui/notify.ts';

const TRIES = 3;

/** A sentence for a person on why a call failed. */
export function wordsOf(error: unknown): string {
  if (error instanceof ConnectionLost) return 'Drover cannot be reached right now. Nothing is known to have changed.';
  if (typeof error !== 'object' || error === null) return String(error);
  const { data, message } = error as { data?: unknown; message?: unknown };
  if (typeof data === 'object' && data !== null) {
    if ('message' in data && typeof data.message === 'string') return data.message;
    if ('issues' in data && Array.isArray(data.issues)) {
      const [first] = data.issues as { message?: unknown; path?: unknown[] }[];
      if (typeof first?.message === 'string') return [first.path?.join('.'), first.message].filter(Boolean).join(': ');
    }
  }
  return typeof message === 'string' ? message : 'Something went wrong.';
}

/** What became of a command; `words` are a sentence for a person. */
export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly words: string };

/**
 * Carries out a command. It gets an id, so that it can be sent again when the connection broke before the answer came,
 * without being done twice.
 */
export async function attempt<T>(command: (id: { commandId: string }) => Promise<T>): Promise<Attempt<T>> {
  const id = { commandId: crypto.randomUUID() };
  for (let left = TRIES; ; left -= 1) {
    try {
      return { ok: true, value: await command(id) };
    } catch (error) {
      if (error instanceof ConnectionLost && left > 1) continue;
      return { ok: false, words: wordsOf(error) };
    }
  }
}

/** The same where a refusal is shown at once; the answer is then null. */
export async function act<T>(command: (id: { commandId: string }) => Promise<T>): Promise<T | null> {
  const done = await attempt(command);
  if (done.ok) return done.value;
  notifyProblem(done.words);
  return null;
}

/** Carries out a call that takes no command id: it is sent once. A refusal is shown; the answer is then null. */
export async function actOnce<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    notifyProblem(wordsOf(error));
    return null;
  }
}
