import type { Use } from './shell/parts.ts';
import { type Grounds, LONGEST_PATH, type Place, placeOf, resolveReal } from './shell/paths.ts';

interface FileTool {
  use: Exclude<Use, 'remove' | 'list'>;
  /** The keys of the input that hold a path. */
  keys: readonly string[];
}
const reading = (...keys: string[]): FileTool => ({ use: 'read', keys });
const writing = (...keys: string[]): FileTool => ({ use: 'write', keys });

/** The tools of agents that work on files by themselves. */
const FILE_TOOLS: ReadonlyMap<string, FileTool> = new Map([
  ['Read', reading('file_path', 'path')],
  ['NotebookRead', reading('notebook_path')],
  ['LS', reading('path')],
  ['Glob', reading('path', 'pattern')],
  ['Grep', reading('path', 'glob')],
  ['Write', writing('file_path', 'path')],
  ['Edit', writing('file_path', 'path')],
  ['MultiEdit', writing('file_path', 'path')],
  ['NotebookEdit', writing('notebook_path')],
]);

/** What a tool does with the files it names; null for one that is not known as a tool for files. */
export function fileUse(tool: string): 'read' | 'write' | null {
  return FILE_TOOLS.get(tool)?.use ?? null;
}

/** A file that a call of a tool names. */
export interface NamedFile {
  written: string;
  /** Where it really is; for a pattern, what stands before the first wildcard. */
  real: string;
  place: Place;
  use: 'read' | 'write';
}

/** The files a call names, or why that cannot be told, as the end of a sentence. */
export function filesOf(
  { tool, input, blockedPath }: { tool: string; input: Record<string, unknown>; blockedPath: string | null },
  grounds: Grounds,
): NamedFile[] | string {
  const known = FILE_TOOLS.get(tool);
  if (!known) return [];
  const paths = known.keys.flatMap((key) => (input[key] === undefined || input[key] === null ? [] : [input[key]]));
  // Without a path those that read work on the working directory; one that writes always has a path.
  if (known.use === 'write' && paths.length !== 1) return `a call of ${tool} without a path`;
  const files: NamedFile[] = [];
  for (const path of [...paths, ...(blockedPath === null ? [] : [blockedPath])]) {
    if (typeof path !== 'string' || path.includes('\0')) return `a call of ${tool} with a path that is no text`;
    if (path.length > LONGEST_PATH) return `a call of ${tool} with a path that is too long to follow`;
    const file = nameFile(path, known.use, grounds);
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
  return { written, real, place: placeOf(real, grounds), use };
}

/** The path as one writes it: relative in the workspace, absolute elsewhere. Both real. */
export function shortPath(real: string, workspace: string): string {
  if (real === workspace) return '.';
  return real.startsWith(`${workspace}/`) ? real.slice(workspace.length + 1) : real;
}

/** The key of the input that holds the path of such a tool; null for one that is not known as a tool for files. */
export function pathKey(tool: string): string | null {
  return FILE_TOOLS.get(tool)?.keys[0] ?? null;
}
