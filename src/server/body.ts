import type { IncomingMessage } from 'node:http';
import type { Refusal } from './respond.ts';

/** The largest body or message that is accepted, in bytes. */
export const MAX_BODY = 1024 * 1024;
/** What is read and thrown away of a body that is too large, so that its sender can hear the answer. */
const MAX_DISCARDED = 16 * MAX_BODY;

const TOO_LARGE: Refusal = { status: 413, code: 'too-large', message: 'The request is larger than 1 MiB.' };

/**
 * Reads a JSON body. No body is `{}`. Anything but `application/json` is refused: a page of another site can send text
 * and forms without asking, but not JSON.
 */
export async function readBody(request: IncomingMessage): Promise<{ body: unknown } | { refusal: Refusal }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let large = Number(request.headers['content-length'] ?? 0) > MAX_BODY;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    large ||= size > MAX_BODY;
    if (!large) chunks.push(chunk);
    else chunks.length = 0;
    if (size > MAX_DISCARDED) break;
  }
  if (large) return { refusal: TOO_LARGE };
  if (size === 0) return { body: {} };
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    return {
      refusal: { status: 415, code: 'wrong-type', message: 'Send JSON, with “Content-Type: application/json”.' },
    };
  }
  try {
    return { body: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { refusal: { status: 400, code: 'bad-request', message: 'The body is not valid JSON.' } };
  }
}
