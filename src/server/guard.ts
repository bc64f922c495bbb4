import type { IncomingHttpHeaders } from 'node:http';
import { agentOf, type Caller, PERSON } from '../core/core-api.ts';
import type { Refusal } from './respond.ts';
import { sameSecret } from './secret.ts';

export interface GuardDeps {
  /** The port the server listens on. */
  port: number;
  /** The full token. */
  token: string;
  /** The task a token belongs to, or null. */
  taskOf(token: string): string | null;
  /** Whether this is the value of a browser's session cookie. */
  knowsSession(session: string): boolean;
}

export interface Guard {
  /** The name of the session cookie. Cookies are shared by all ports of a host, so the port is part of it. */
  readonly cookieName: string;
  /**
   * Whether the request was meant for us and comes from no foreign page. Host keeps out names that were made to point
   * here (DNS rebinding), Origin and Sec-Fetch-Site keep out pages of other sites and of other ports.
   */
  checkSource(headers: IncomingHttpHeaders): Refusal | null;
  /** Who asks: the full token or a session cookie is a person, the token of a task is its agent. */
  identify(headers: IncomingHttpHeaders): { caller: Caller } | { refusal: Refusal };
}

const NO_CREDENTIALS: Refusal = {
  status: 401,
  code: 'unauthorized',
  message:
    'This needs the token of this Drover: open it in a browser with “drover open”, or send “Authorization: Bearer <token>”.',
};
const WRONG_CREDENTIALS: Refusal = {
  status: 401,
  code: 'unauthorized',
  message: 'This token is not valid here (any more): Drover makes a new one at every start.',
};

export function createGuard({ port, token, taskOf, knowsSession }: GuardDeps): Guard {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const cookieName = `drover_${port}`;
  return {
    cookieName,
    checkSource(headers) {
      const host = headers.host ?? '';
      if (!hosts.has(host)) {
        return forbidden(`This server answers only to 127.0.0.1:${port}; the request was for another host.`);
      }
      if (headers.origin !== undefined && headers.origin !== `http://${host}`) {
        return forbidden('Requests from pages of other sites are refused.');
      }
      const site = headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') {
        return forbidden('Requests from pages of other sites are refused.');
      }
      return null;
    },
    identify(headers) {
      if (headers.authorization !== undefined) {
        const given = /^Bearer +(\S+)$/i.exec(headers.authorization)?.[1];
        if (given === undefined) return { refusal: WRONG_CREDENTIALS };
        if (sameSecret(given, token)) return { caller: PERSON };
        const taskId = taskOf(given);
        return taskId === null ? { refusal: WRONG_CREDENTIALS } : { caller: agentOf(taskId) };
      }
      const session = cookieValue(headers.cookie, cookieName);
      if (session !== null && knowsSession(session)) return { caller: PERSON };
      return { refusal: session === null ? NO_CREDENTIALS : WRONG_CREDENTIALS };
    },
  };
}

function forbidden(message: string): Refusal {
  return { status: 403, code: 'forbidden', message };
}

function cookieValue(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return null;
}
