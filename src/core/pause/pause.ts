import type { Surface } from '../../contract/approval/state.ts';
import type { LoggedPause, PauseEvent, PauseState } from '../../contract/pause/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import type { Db } from '../db/open.ts';
import { describeStorageError } from '../db/storage-error.ts';

/** The pause of everything: while it lasts, nothing runs. It outlives a restart. */
export interface Pause {
  state(): PauseState;
  isPaused(): boolean;
  /**
   * Pauses everything or resumes it; what is so already makes no event. A command id that was seen before gets the state
   * as it was after it, and does nothing.
   */
  set(paused: boolean, options: { from: Surface; commandId?: string | undefined }): Outcome<PauseState>;
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
  /** Called after a change was stored. */
  changed(logged: LoggedPause): void;
}

export function createPause({ db, file, now, changed }: Deps): Pause {
  const insert = db.prepare<[number, string, string]>('INSERT INTO pauses (at, by, data) VALUES (?, ?, ?)');
  const upTo = db.prepare<[number, number], Row>('SELECT * FROM pauses WHERE seq <= ? ORDER BY seq DESC LIMIT ?');
  const receipt = db.prepare<[string], { seq: number }>('SELECT seq FROM pause_receipts WHERE command_id = ?');
  const keep = db.prepare<[string, number]>('INSERT INTO pause_receipts (command_id, seq) VALUES (?, ?)');
  let current = stateAt(Number.MAX_SAFE_INTEGER);

  function stateAt(seq: number): PauseState {
    const row = upTo.get(seq, 1);
    if (row === undefined) return { paused: false, since: null };
    const since = toLogged(row);
    return { paused: since.event.type === 'drover.paused', since };
  }

  const write = db.transaction((paused: boolean, from: Surface, commandId: string | undefined): LoggedPause | null => {
    let logged: LoggedPause | null = null;
    if (paused !== current.paused) {
      const event: PauseEvent = { type: paused ? 'drover.paused' : 'drover.resumed', from };
      const at = now();
      const seq = Number(insert.run(at, 'user', JSON.stringify(event)).lastInsertRowid);
      logged = { seq, at, by: 'user', event };
    }
    if (commandId !== undefined) keep.run(commandId, logged?.seq ?? current.since?.seq ?? 0);
    return logged;
  });

  return {
    state: () => current,
    isPaused: () => current.paused,
    set(paused, { from, commandId }) {
      const earlier = commandId === undefined ? undefined : receipt.get(commandId);
      if (earlier !== undefined) return accept(stateAt(earlier.seq));
      try {
        const logged = write(paused, from, commandId);
        if (logged !== null) {
          current = { paused, since: logged };
          changed(logged);
        }
        return accept(current);
      } catch (error) {
        const words = describeStorageError(error, file);
        if (words === null) throw error;
        return reject('unavailable', words);
      }
    },
    log: ({ before = Number.MAX_SAFE_INTEGER, limit }) => upTo.all(before - 1, limit).map(toLogged),
  };
}

function toLogged({ seq, at, by, data }: Row): LoggedPause {
  return { seq, at, by, event: JSON.parse(data) as PauseEvent };
}
