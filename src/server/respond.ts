import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** A request that is not carried out: the HTTP status, a word for programs, a sentence for a person. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
}

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** What may be kept by the browser of a person, and by nobody between. */
export const KEEP = 'private, max-age=31536000, immutable';

/** Pages load their own scripts, styles, fonts and pictures, nothing from elsewhere and no inline script. */
const pagePolicy = (styles: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Of the window: its component library sets variables by inline styles. */
export const PAGE_POLICY = pagePolicy("'self' 'unsafe-inline'");
/** Of every other page. */
export const PLAIN_PAGE_POLICY = pagePolicy("'self'");

/** Set on every answer, before anything else. No header of CORS is ever set, so no other site can read an answer. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

/** Sends a file or a page made here, with one of the policies above. */
export function sendContent(response: ServerResponse, type: string, content: string | Buffer, policy: string): void {
  response.setHeader('content-security-policy', policy);
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(content) });
  response.end(content);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'content-length': 0 });
  response.end();
}

/** `{ code, message }`; a browser that asks for a page gets the sentence alone. */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (refusal.status === 401) response.setHeader('www-authenticate', 'Bearer');
  // What is left of a body would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close');
  if (request.headers.accept?.includes('text/html')) {
    response.writeHead(refusal.status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${refusal.message}\n`);
    return;
  }
  sendJson(response, refusal.status, { code: refusal.code, message: refusal.message });
}

/** The same where there is no response object: a request that wanted to become a WebSocket, or could not be read. */
export function refuseRaw(socket: Duplex, refusal: Refusal): void {
  const body = JSON.stringify({ code: refusal.code, message: refusal.message });
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n');
  socket.once('finish', () => socket.destroy());
  socket.end(`${head}\r\n\r\n${body}`);
}
