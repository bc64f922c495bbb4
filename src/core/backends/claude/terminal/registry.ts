import { readFileSync } from 'node:fs';
import path from 'node:path';
import { configFolder } from '../own-settings.ts';
import { record, text } from '../protocol.ts';

/** What the program says of itself. `waiting`: a dialog is on its screen; `shell`: idle, with commands in the background. */
export interface ProgramState {
  status: string;
  sessionId: string;
}

/**
 * Reads what a running `claude` writes down of itself, in `sessions/<pid>.json` of its folder. Null before it is ready,
 * after it has ended, and while it is being written.
 */
export function readState(env: Readonly<Record<string, string>>, pid: number): ProgramState | null {
  try {
    const found = record(JSON.parse(readFileSync(path.join(configFolder(env), 'sessions', `${pid}.json`), 'utf8')));
    const [status, sessionId] = [text(found.status), text(found.sessionId)];
    return status === null || sessionId === null ? null : { status, sessionId };
  } catch {
    return null;
  }
}
