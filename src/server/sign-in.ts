import { digestOf, newSecret } from './secret.ts';

const LINK_LIFE_MS = 2 * 60_000;
/** More links or browsers than a person ever has; the oldest give way. */
const MOST_LINKS = 20;
const MOST_SESSIONS = 100;

/** How a browser gets in without ever seeing the token: a link that works once, then a cookie. */
export interface SignIn {
  /** A new ticket for `/open?t=<ticket>`: good once, for two minutes. */
  newTicket(): string;
  /** Spends a ticket; answers the value of the session cookie, or null for a ticket that is unknown, spent or old. */
  redeem(ticket: string): string | null;
  /** Whether this is the value of a session cookie that was given out. Sessions last as long as the server. */
  knows(session: string): boolean;
}

/** `now` is a clock in milliseconds. Keeps digests only. */
export function createSignIn(now: () => number = Date.now): SignIn {
  const tickets = new Map<string, number>();
  const sessions = new Set<string>();
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
      sessions.add(digestOf(session));
      dropOldest(sessions, MOST_SESSIONS);
      return session;
    },
    knows: (session) => sessions.has(digestOf(session)),
  };
}

function dropOldest(kept: Map<string, number> | Set<string>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
