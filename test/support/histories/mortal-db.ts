import Database from 'better-sqlite3';
import type { Db } from '../../../src/core/db/open.ts';

/** The writing of one host, which can be killed in the middle of its writes; the data stay for the next one. */
export interface Life {
  readonly isAlive: boolean;
  kill(): void;
  /** Kills the host at one of its next writes: before it is carried out, or when it has been and nobody knows yet. */
  killAtWrite(count: number, when: 'before' | 'after'): void;
}

/** The same database for a host of its own. Whatever a dead one writes fails, as everything fails for a dead process. */
export function mortal(db: Db): { db: Db; life: Life } {
  let isAlive = true;
  let depth = 0;
  let due: { count: number; when: 'before' | 'after' } | null = null;

  const dead = () => new Database.SqliteError('The host is dead.', 'SQLITE_IOERR');

  /** What is written inside a transaction comes to be with it. */
  function write<T>(job: () => T): T {
    if (depth > 0) return job();
    if (due !== null) due.count -= 1;
    if (due?.count === 0 && due.when === 'before') isAlive = false;
    if (!isAlive) throw dead();
    depth += 1;
    let done: T;
    try {
      done = job();
    } finally {
      depth -= 1;
    }
    if (due?.count === 0) isAlive = false;
    if (!isAlive) throw dead();
    return done;
  }

  const own: Db = Object.create(db);
  own.prepare = ((sql: string) => {
    const statement = db.prepare(sql);
    return statement.reader ? statement : Object.assign(Object.create(statement), runsBy(statement));
  }) as Db['prepare'];
  own.transaction = ((job: (...args: never[]) => unknown) => {
    const carried = db.transaction(job as never) as unknown as (...args: unknown[]) => unknown;
    return (...args: unknown[]) => write(() => carried(...args));
  }) as Db['transaction'];

  const runsBy = (statement: Database.Statement) => ({
    run: (...args: unknown[]) => write(() => statement.run(...args)),
  });

  return {
    db: own,
    life: {
      get isAlive() {
        return isAlive;
      },
      kill() {
        isAlive = false;
      },
      killAtWrite(count, when) {
        due = { count, when };
      },
    },
  };
}
