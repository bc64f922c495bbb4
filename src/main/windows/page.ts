import path from 'node:path';
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
 * Serves the files of the window from `folder`, and nothing else. Resolves when a page has got what it begins with: a
 * script, a style and whatever it asked for together with them.
 */
export function servePages(folder: string): Promise<void> {
  const needed = new Set(['.js', '.css']);
  let answering = 0;
  let begun: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  protocol.handle(SCHEME, async (request) => {
    answering += 1;
    const found = request.method === 'GET' && isOurs(request.url) ? await content(folder, request.url) : null;
    answering -= 1;
    if (found === null) return new Response('There is nothing here.', { status: 404 });
    needed.delete(path.extname(new URL(request.url).pathname));
    if (needed.size === 0 && answering === 0) begun();
    return new Response(new Uint8Array(found.content), {
      headers: {
        'content-type': found.type,
        'content-security-policy': PAGE_POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      },
    });
  });
  return started;
}

/** Whether an address is a page of the window itself. */
export function isOurs(address: string): boolean {
  return address === ORIGIN || address.startsWith(BOARD_ADDRESS);
}

function content(folder: string, address: string): ReturnType<typeof staticContent> {
  return staticContent(folder, new URL(address).pathname);
}
