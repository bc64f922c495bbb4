import type { AutomaticCleanUp, LeftoverKind, LeftoverName } from '../../contract/clean-up/state.ts';
import type { Settings } from '../../contract/settings/state.ts';
import type { DueList } from '../base/due-list.ts';
import type { Logger } from '../base/logger.ts';
import type { Db } from '../db/open.ts';
import type { CleanUp } from './clean-up.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LATE_MS = 60 * MINUTE;
/** Automatic clean-ups that are remembered. */
const REMEMBERED = 100;

const KIND_OF = {
  'retention.workspaceDays': 'workspace',
  'retention.outputDays': 'outputs',
  'retention.terminalDays': 'terminal',
} as const satisfies Partial<Record<keyof Settings, LeftoverKind>>;
type RetentionKey = keyof typeof KIND_OF;
const KEYS = Object.keys(KIND_OF) as RetentionKey[];

/** The automatic clean-up: at most once a day, and only where a person has set for how long something is kept. */
export interface Retention {
  /** Looks at the settings again: at the start, and whenever they may have changed. */
  plan(): void;
  /** The newest automatic clean-up; null when there was none. */
  last(): AutomaticCleanUp | null;
  /** Begins no more at once; resolves when the one that is under way has come to an end, for which workspaces must close. */
  close(): Promise<void>;
}

interface Deps {
  db: Db;
  now(): number;
  settings(): Pick<Settings, RetentionKey>;
  due: DueList;
  cleanUp: CleanUp;
  /** Called after one has ended. */
  changed(): void;
  logger: Logger;
  /** Milliseconds after a start or a change of the settings, in which a person may think better of it. */
  firstMs: number;
}

export function createRetention({ db, now, settings, due, cleanUp, changed, logger, firstMs }: Deps): Retention {
  const begin = db.prepare<[number]>(
    'INSERT OR REPLACE INTO clean_ups (at, ended_at, removed, bytes, stayed) VALUES (?, NULL, 0, 0, 0)',
  );
  const end = db.prepare<[number, number, number, number, number]>(
    'UPDATE clean_ups SET ended_at = ?, removed = ?, bytes = ?, stayed = ? WHERE at = ?',
  );
  const forget = db.prepare<[number]>(
    'DELETE FROM clean_ups WHERE at NOT IN (SELECT at FROM clean_ups ORDER BY at DESC LIMIT ?)',
  );
  const newest = db.prepare<[], AutomaticCleanUp>(
    'SELECT at, ended_at AS endedAt, removed, bytes, stayed FROM clean_ups ORDER BY at DESC LIMIT 1',
  );
  let takeBack: (() => void) | null = null;
  let underWay: Promise<void> | null = null;
  let planned = '';
  let isOver = false;

  const wanted = () =>
    KEYS.flatMap((key) => {
      const days = settings()[key];
      return days === null ? [] : [{ kind: KIND_OF[key], days }];
    });

  function plan(): void {
    const all = wanted();
    const inShort = JSON.stringify(all);
    if (isOver || inShort === planned) return;
    planned = inShort;
    takeBack?.();
    takeBack = null;
    // One that is under way plans the next when it has ended.
    if (all.length > 0 && underWay === null) setAlarm(firstMs);
  }

  function setAlarm(soonest: number): void {
    const last = newest.get()?.at ?? 0;
    takeBack = due.add(Math.max(now() + soonest, last + DAY), begins, LATE_MS);
  }

  function begins(): void {
    takeBack = null;
    underWay = run()
      .catch((error: unknown) => logger.error('the automatic clean-up failed', { error: String(error) }))
      .finally(() => {
        underWay = null;
        if (!isOver && takeBack === null && wanted().length > 0) setAlarm(firstMs);
      });
  }

  async function run(): Promise<void> {
    const at = now();
    // Before anything goes: one that is cut short begins again only the next day.
    begin.run(at);
    forget.run(REMEMBERED);
    let removed = 0;
    let bytes = 0;
    let stayed = 0;
    for (const { kind, days } of wanted()) {
      const found = await cleanUp.preview({ kinds: [kind], olderThanDays: days });
      stayed += found.filter(({ stays }) => stays !== null).length;
      for (const one of found) {
        if (isOver) return;
        if (one.stays !== null) continue;
        const name: LeftoverName = { kind: one.kind, id: one.id };
        const [done] = await cleanUp.remove([name], 'drover');
        if (done?.removed) {
          removed += 1;
          bytes += done.bytes ?? 0;
        } else {
          stayed += 1;
          logger.info('a leftover was not removed', { ...name, words: done?.words });
        }
      }
    }
    end.run(now(), removed, bytes, stayed, at);
    logger.info('automatic clean-up', { removed, bytes, stayed });
    changed();
  }

  return {
    plan,
    last: () => newest.get() ?? null,
    async close() {
      isOver = true;
      takeBack?.();
      takeBack = null;
      await underWay;
    },
  };
}
