import type { Surface } from '../../contract/approval/state.ts';
import type { LoggedPause, PauseEvent, PauseState } from '../../contract/pause/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Db } from '../db/open.ts';
import { describeStorageError } from '../db/storage-error.ts';

/** The pause of everything: while it lasts, nothing runs. It outlives a restart. */
export interface Pause {
  state(): PauseState;
  isPaused(): boolean;
  /**
   * Pauses everything or resumes it; what is so already makes no event. A command id that was seen before gets the state
   * as it was after it, and does nothing. To pause nothing has to be written: what the storage refuses now is written
   * later, and a pause that was resumed before that was none.
   */
  set(paused: boolean, options: { from: Surface; commandId?: string | undefined }): Result<PauseState>;
  /** The events before `before`, newest first. */
  log(options: { before?: number | undefined; limit: number }): LoggedPause[];
}

interface Row {
  seq: number;
  at: number;
  by: LoggedPause['by'];
  data: string;
}

interface Deps {
  db: Db;
  /** Absolute path of the database, for messages. */
  file: string;
  now(): number;
  /** Called after a change. */
  changed(what: Pick<LoggedPause, 'by' | 'event'>): void;
  /** Tries again and again what the storage refused, until it answers true. */
  again(write: () => boolean): void;
}

export function createPause({ db, file, now, changed, again }: Deps): Pause {
  const insert = db.prepare<[number, string, string]>('INSERT INTO pauses (at, by, data) VALUES (?, ?, ?)');
  const upTo = db.prepare<[number, number], Row>('SELECT * FROM pauses WHERE seq <= ? ORDER BY seq DESC LIMIT ?');
  const receipt = db.prepare<[string], { seq: number }>('SELECT seq FROM pause_receipts WHERE command_id = ?');
  const keep = db.prepare<[string, number]>('INSERT INTO pause_receipts (command_id, seq) VALUES (?, ?)');
  let stored = stateAt(Number.MAX_SAFE_INTEGER);
  /** A pause that could not be written yet. */
  let held: { from: Surface; commandId: string | undefined } | null = null;
  const current = (): PauseState => (held === null ? stored : { paused: true, since: null });

  function stateAt(seq: number): PauseState {
    const row = upTo.get(seq, 1);
    if (row === undefined) return { paused: false, since: null };
    const since = toLogged(row);
    return { paused: since.event.type === 'drover.paused', since };
  }

  const write = db.transaction((paused: boolean, from: Surface, commandId: string | undefined): LoggedPause | null => {
    let logged: LoggedPause | null = null;
    if (paused !== stored.paused) {
      const event: PauseEvent = { type: paused ? 'drover.paused' : 'drover.resumed', from };
      const at = now();
      const seq = Number(insert.run(at, 'user', JSON.stringify(event)).lastInsertRowid);
      logged = { seq, at, by: 'user', event };
    }
    if (commandId !== undefined) keep.run(commandId, logged?.seq ?? stored.since?.seq ?? 0);
    return logged;
  });

  function put(paused: boolean, from: Surface, commandId: string | undefined): void {
    const logged = write(paused, from, commandId);
    held = null;
    if (logged === null) return;
    stored = { paused, since: logged };
    changed(logged);
  }

  /** Whether the held pause is written, or needs no writing any more. */
  function putHeld(): boolean {
    if (held === null) return true;
    try {
      put(true, held.from, held.commandId);
      return true;
    } catch (error) {
      if (describeStorageError(error, file) === null) throw error;
      return false;
    }
  }

  return {
    state: current,
    isPaused: () => current().paused,
    set(paused, { from, commandId }) {
      const earlier = commandId === undefined ? undefined : receipt.get(commandId);
      if (earlier !== undefined) return accept(stateAt(earlier.seq));
      if (!paused && held !== null) {
        held = null;
        changed({ by: 'user', event: { type: 'drover.resumed', from } });
        return accept(current());
      }
      try {
        if (held === null) put(paused, from, commandId);
        return accept(current());
      } catch (error) {
        const words = describeStorageError(error, file);
        if (words === null) throw error;
        if (!paused) return reject('unavailable', words);
        if (!stored.paused) {
          held = { from, commandId };
          changed({ by: 'user', event: { type: 'drover.paused', from } });
          again(putHeld);
        }
        return accept(current());
      }
    },
    log: ({ before = Number.MAX_SAFE_INTEGER, limit }) => upTo.all(before - 1, limit).map(toLogged),
  };
}

function toLogged({ seq, at, by, data }: Row): LoggedPause {
  return { seq, at, by, event: JSON.parse(data) as PauseEvent };
}
