import { protocol } from 'electron';
import { PAGE_POLICY } from '../../server/respond.ts';
import { staticContent } from '../../server/static-files.ts';

/** A scheme of our own, so that the page has an origin of its own and its files come with a policy. */
const SCHEME = 'drover-window';
const ORIGIN = `${SCHEME}://board`;

/** The address of the board; what follows `#` says what it shows. */
export const BOARD_ADDRESS = `${ORIGIN}/`;

/** Must be called before Electron is ready. */
export function reservePages(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Serves the files of the window from `folder`, and nothing else.
 *
 * Not by `protocol.handle`: its `Request` and `Response` make Node read its whole HTTP client, while the page waits.
 */
export function servePages(folder: string): void {
  protocol.registerBufferProtocol(SCHEME, async (request, answer) => {
    const found = request.method === 'GET' && isOurs(request.url) ? await content(folder, request.url) : null;
    if (found === null) return answer({ statusCode: 404, data: Buffer.from('There is nothing here.') });
    answer({
      data: found.content,
      headers: {
        'content-type': found.type,
        'content-security-policy': PAGE_POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      },
    });
  });
}

/** Whether an address is a page of the window itself. */
export function isOurs(address: string): boolean {
  return address === ORIGIN || address.startsWith(BOARD_ADDRESS);
}

function content(folder: string, address: string): ReturnType<typeof staticContent> {
  return staticContent(folder, new URL(address).pathname);
}
