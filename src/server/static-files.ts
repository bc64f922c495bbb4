import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileType } from '../core/base/file-type.ts';
import { isWithin } from '../core/base/is-within.ts';

/** What a page is made of. */
const SERVED = new Set(['.css', '.html', '.ico', '.js', '.json', '.png', '.svg', '.txt', '.woff2']);

/**
 * The file of `folder` that a path of a URL names, or null. `/` is `index.html`. Only files that lie in the folder after
 * every symbolic link has been followed, and only of types a page is made of.
 */
export async function staticContent(
  folder: string,
  pathname: string,
): Promise<{ type: string; content: Buffer } | null> {
  const name = decode(pathname === '/' ? '/index.html' : pathname);
  if (name === null || name.includes('\0')) return null;
  if (!SERVED.has(path.extname(name).toLowerCase())) return null;
  try {
    const root = await realpath(folder);
    const file = await realpath(path.join(root, name));
    if (file === root || !isWithin(root, file)) return null;
    return { type: servedType(name), content: await readFile(file) };
  } catch {
    return null;
  }
}

/** The type of a file of a page, all text of which is UTF-8. */
export function servedType(name: string): string {
  const type = fileType(name);
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
