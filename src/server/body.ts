import type { IncomingMessage } from 'node:http';
import { MAX_ATTACHMENT_BYTES } from '../contract/attachment/state.ts';
import type { Refusal } from './respond.ts';

const MIB = 1024 * 1024;
/** The largest body or message that is accepted, in bytes, but for one call. */
export const MAX_BODY = MIB;
/** That of `attachments.add`: the largest file as base64, and what stands around it. */
export const MAX_FILE_BODY = Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4 + 64 * 1024;
/** What is read and thrown away of a body that is too large, so that its sender can hear the answer. */
const MAX_DISCARDED = 16 * MIB;

const tooLarge = (most: number): Refusal => ({
  status: 413,
  code: 'too-large',
  message: `The request is larger than ${Math.floor(most / MIB)} MiB.`,
});

/**
 * Reads a JSON body of at most `most` bytes. No body is `{}`. Anything but `application/json` is refused: a page of another site can send text
 * and forms without asking, but not JSON.
 */
export async function readBody(
  request: IncomingMessage,
  most = MAX_BODY,
): Promise<{ body: unknown } | { refusal: Refusal }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let large = Number(request.headers['content-length'] ?? 0) > most;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    large ||= size > most;
    if (!large) chunks.push(chunk);
    else chunks.length = 0;
    if (size > MAX_DISCARDED) break;
  }
  if (large) return { refusal: tooLarge(most) };
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
