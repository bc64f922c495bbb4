import { statSync } from 'node:fs';
import path from 'node:path';

/**
 * A sentence, with the path and what to do, for what the system refuses whatever Drover does right: rights, a full disk,
 * a file system that is read-only, too many open files. `fallback` is what was to be used, where the error does not name
 * it itself; `ours` says that it lies in the data folder, which could be another. Null for everything else, which is a
 * mistake of ours.
 */
export function describeSystemError(error: unknown, fallback: string | null = null, ours = true): string | null {
  const file = pathOf(error) ?? fallback;
  const code = codeOf(error);
  // Without a file it is about a port or a process.
  if (file === null && !WITHOUT_FILE.has(code)) return null;
  const what = file ?? 'A file that Drover needs';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return describeRefusal(what, ours);
    case 'EROFS':
      return `${what} cannot be written: it is on a file system that is read-only. Mount that for writing${ours ? ORELSE : ''}.`;
    case 'ENOSPC':
      return `The disk is full: ${what} could not be written. Free some space and try again.`;
    case 'EDQUOT':
      return `Your share of the disk is used up: ${what} could not be written. Free some space and try again.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${what} cannot be used: something in its place, or in that of a folder above it, is no folder. Move it away.`;
    case 'EISDIR':
      return `${what} cannot be used: it is a folder, and should be a file. Move it away.`;
    case 'ELOOP':
      return `${what} cannot be used: it is a link that leads back to itself.`;
    case 'ENAMETOOLONG':
      return `${what} cannot be used: its name is too long for the system.`;
    case 'EMFILE':
    case 'ENFILE':
      return `${what} cannot be opened: too many files are open. Raise the limit (ulimit -n) or close other programs, and start Drover again.`;
    case 'EIO':
      return `${what} cannot be read or written: the disk reports an error.`;
    default:
      return null;
  }
}

const ORELSE = ', or name another data folder with --data';
const WITHOUT_FILE = new Set(['EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE']);

/** Why this user is refused: whose it is, if not their own. */
function describeRefusal(file: string, ours: boolean): string {
  const nearest = nearestThere(file);
  const owner = nearest === null ? null : otherOwner(nearest.uid);
  if (nearest === null || owner === null) {
    const where = nearest !== null && nearest.at !== file ? ` (look at ${nearest.at})` : '';
    return `${file} cannot be used: its rights do not let this user write there${where}. Run “chmod u+rwX” on it.`;
  }
  return `${file} cannot be used: ${describeOwner(nearest.at, owner, ours)}`;
}

/** Whose something is, and how it comes back: `at` belongs to `owner`, who is not this user. */
export function describeOwner(at: string, owner: string, ours = true): string {
  const sudo = owner === 'root' ? ' (was Drover started with sudo once?)' : '';
  const me = process.getuid?.() ?? 0;
  return `${at} belongs to ${owner}${sudo}. Run “sudo chown -R ${me} ${quoted(at)}”${ours ? ORELSE : ''}.`;
}

/** Another user than this one, in words; null when it is this one, and on Windows. */
export function otherOwner(uid: number): string | null {
  const own = process.getuid?.();
  if (own === undefined || own === uid) return null;
  return uid === 0 ? 'root' : `another user (${uid})`;
}

/** The file itself, or the nearest folder above it that is there. */
function nearestThere(file: string): { at: string; uid: number } | null {
  for (let at = path.resolve(file); ; at = path.dirname(at)) {
    const found = lookAt(at);
    if (found !== null) return { at, uid: found };
    if (at === path.dirname(at)) return null;
  }
}

function lookAt(at: string): number | null {
  try {
    return statSync(at).uid;
  } catch {
    return null;
  }
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** A file that is renamed is written under another name only for us. */
function pathOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('dest' in error && typeof error.dest === 'string') return error.dest;
  return 'path' in error && typeof error.path === 'string' ? error.path : null;
}
