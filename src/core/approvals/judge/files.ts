import { fileUse, type ToolCall } from '../../../contract/run/tool-call.ts';
import { type Grounds, LONGEST_PATH, type PathZone, resolveReal, zoneOf } from '../shell/paths.ts';

/** A file that a call of a tool names. */
export interface NamedFile {
  written: string;
  /** Where it really is; for a pattern, what stands before the first wildcard. */
  real: string;
  zone: PathZone;
  use: 'read' | 'write';
}

/** A call, and a path that the agent's program itself found to be out of bounds. */
export interface Judged {
  call: ToolCall;
  blockedPath: string | null;
}

/** The files a call names, or why that cannot be told, as the end of a sentence. */
export function filesOf({ call, blockedPath }: Judged, grounds: Grounds): NamedFile[] | string {
  const use = fileUse(call.kind);
  if (use === null || !('paths' in call)) return [];
  const { paths, title } = call;
  // Without a path those that read work on the working directory; one that writes always has a path.
  if (use === 'write' && paths.length !== 1) return `a call of ${title} without a path`;
  const files: NamedFile[] = [];
  for (const path of [...paths, ...(blockedPath === null ? [] : [blockedPath])]) {
    if (path === null || path.includes('\0')) return `a call of ${title} with a path that is no text`;
    if (path.length > LONGEST_PATH) return `a call of ${title} with a path that is too long to follow`;
    const file = nameFile(path, use, grounds);
    if (typeof file === 'string') return file;
    files.push(file);
  }
  return files;
}

/** A path as a tool reads it; see `filesOf`. */
export function nameFile(path: string, use: 'read' | 'write', grounds: Grounds): NamedFile | string {
  const written = path === '~' || path.startsWith('~/') ? grounds.home + path.slice(1) : path;
  const wildcard = use === 'read' ? written.search(/[*?[{]/) : -1;
  // Behind a wildcard `..` could lead anywhere.
  if (wildcard >= 0 && written.slice(wildcard).includes('..')) return 'reading a place that cannot be followed';
  const fixed = wildcard >= 0 ? written.slice(0, written.lastIndexOf('/', wildcard) + 1) : written;
  const real = resolveReal(fixed, grounds.workspace, grounds.realpath);
  return { written, real, zone: zoneOf(real, grounds), use };
}

/** The path as one writes it: relative in the workspace, absolute elsewhere. Both real. */
export function shortPath(real: string, workspace: string): string {
  if (real === workspace) return '.';
  return real.startsWith(`${workspace}/`) ? real.slice(workspace.length + 1) : real;
}
