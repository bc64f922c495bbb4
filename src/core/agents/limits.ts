import type { AgentLimit } from '../../contract/agent/state.ts';
import type { DueList } from '../base/due-list.ts';
import type { Logger } from '../base/logger.ts';
import type { Db } from '../db/open.ts';

/** A service that names a later time than this is wrong about it. Milliseconds. */
const LONGEST_MS = 31 * 24 * 60 * 60 * 1000;

interface Deps {
  db: Db;
  now(): number;
  due: DueList;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Called when an agent has reached a limit, or a limit has lifted. */
  changed(): void;
}

/** The usage limits that agents have reached. They outlive the host, and lift by themselves. */
export interface AgentLimits {
  /** The limit that holds the tasks of an agent now; null when none does. */
  of(agent: string): AgentLimit | null;
  /** The agent says that it has reached a limit, until a time in milliseconds since 1970; the latest of several holds. */
  reach(agent: string, until: number, words: string): void;
  /** A person knows better: the limit no longer holds. False when there was none. */
  lift(agent: string): boolean;
  close(): void;
}

export function createAgentLimits({ db, now, due, logger, changed }: Deps): AgentLimits {
  const limits = new Map<string, AgentLimit & { takeBack(): void }>();
  const put = db.prepare<[string, number, string]>(
    'INSERT OR REPLACE INTO agent_limits (agent, until, words) VALUES (?, ?, ?)',
  );
  const erase = db.prepare<[string]>('DELETE FROM agent_limits WHERE agent = ?');

  /** That it cannot be written is no reason to forget it. */
  function attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      logger.warn('a usage limit could not be written', { error: String(error) });
    }
  }

  function hold(agent: string, until: number, words: string): void {
    limits.get(agent)?.takeBack();
    limits.set(agent, { until, words, takeBack: due.add(until, () => void lift(agent)) });
  }

  function lift(agent: string): boolean {
    const limit = limits.get(agent);
    if (limit === undefined) return false;
    limit.takeBack();
    limits.delete(agent);
    attempt(() => erase.run(agent));
    logger.info('a usage limit no longer holds', { agent });
    changed();
    return true;
  }

  for (const row of db
    .prepare<[], { agent: string; until: number; words: string }>('SELECT agent, until, words FROM agent_limits')
    .all()) {
    if (row.until > now()) hold(row.agent, row.until, row.words);
    else attempt(() => erase.run(row.agent));
  }

  return {
    of(agent) {
      const limit = limits.get(agent);
      return limit === undefined ? null : { until: limit.until, words: limit.words };
    },
    reach(agent, given, words) {
      const until = Math.min(given, now() + LONGEST_MS);
      if ((limits.get(agent)?.until ?? now()) >= until) return;
      hold(agent, until, words);
      attempt(() => put.run(agent, until, words));
      logger.info('an agent has reached a usage limit', { agent, until });
      changed();
    },
    lift,
    close() {
      for (const { takeBack } of limits.values()) takeBack();
    },
  };
}
