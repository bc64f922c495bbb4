import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { digestOf, newSecret } from './secret.ts';

const LINK_LIFE_MS = 2 * 60_000;
const SESSION_LIFE_MS = 30 * 24 * 60 * 60_000;
/** More links or browsers than a person ever has; the oldest give way. */
const MOST_LINKS = 20;
const MOST_SESSIONS = 100;

/** How a browser gets in without ever seeing the token: a link that works once, then a cookie. */
export interface SignIn {
  /** A new ticket for `/open?t=<ticket>`: good once, for two minutes. */
  newTicket(): string;
  /** Spends a ticket; returns the value of the session cookie, or null for a ticket that is unknown, spent or old. */
  redeem(ticket: string): string | null;
  /** Whether this is the value of a session cookie that was given out not too long ago. */
  knows(session: string): boolean;
}

export interface SignInOptions {
  /** A clock in milliseconds. */
  now?: () => number;
  /** Where sessions are kept, so that an open page comes back after a restart; left out: they end with the server. */
  file?: string;
}

/** Keeps digests only: who reads the file cannot sign in with it. */
export function createSignIn({ now = Date.now, file }: SignInOptions = {}): SignIn {
  const tickets = new Map<string, number>();
  const sessions = new Map<string, number>(file === undefined ? [] : readSessions(file));
  return {
    newTicket() {
      const ticket = newSecret();
      tickets.set(digestOf(ticket), now() + LINK_LIFE_MS);
      dropOldest(tickets, MOST_LINKS);
      return ticket;
    },
    redeem(ticket) {
      const digest = digestOf(ticket);
      const until = tickets.get(digest);
      tickets.delete(digest);
      if (until === undefined || now() > until) return null;
      const session = newSecret();
      sessions.set(digestOf(session), now() + SESSION_LIFE_MS);
      dropOldest(sessions, MOST_SESSIONS);
      if (file !== undefined) writeSessions(file, sessions);
      return session;
    },
    knows: (session) => now() <= (sessions.get(digestOf(session)) ?? -1),
  };
}

function dropOldest(kept: Map<string, number>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}

/** Digests with the time they end. A file that is missing or cannot be read means that everyone signs in again. */
function readSessions(file: string): [string, number][] {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof read !== 'object' || read === null) return [];
    return Object.entries(read).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  } catch {
    return [];
  }
}

/** Replaced as a whole. A folder that cannot be written costs no more than the next sign-in. */
function writeSessions(file: string, sessions: ReadonlyMap<string, number>): void {
  const scratch = `${file}.${process.pid}`;
  try {
    rmSync(scratch, { force: true });
    writeFileSync(scratch, `${JSON.stringify(Object.fromEntries(sessions))}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(scratch, file);
  } catch {
    rmSync(scratch, { force: true });
  }
}
