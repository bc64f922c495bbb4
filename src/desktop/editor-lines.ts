import path from 'node:path';

/** A place in a file; lines and columns are counted from 1. */
export interface FilePlace {
  /** Absolute. */
  path: string;
  line?: number | undefined;
  column?: number | undefined;
}

type Form = (file: string, line: number, column: number | undefined) => string[];

const joined = (file: string, line: number, column: number | undefined) =>
  `${file}:${line}${column === undefined ? '' : `:${column}`}`;

/** `-g file:12:5` */
const goto: Form = (...place) => ['-g', joined(...place)];
/** `file:12:5` */
const behind: Form = (...place) => [joined(...place)];
/** `--line 12 file`; columns are counted from 0 by some of them, and left out. */
const line: Form = (file, at) => ['--line', String(at), file];
/** `+12 file` */
const plus: Form = (file, at) => [`+${at}`, file];
/** `+12:5 file` */
const plusBoth: Form = (file, at, column) => [`+${at}${column === undefined ? '' : `:${column}`}`, file];
/** `-l 12 -c 5 file` */
const letters: Form = (file, at, column) => [
  '-l',
  String(at),
  ...(column === undefined ? [] : ['-c', String(column)]),
  file,
];

const EDITORS: readonly [Form, readonly string[]][] = [
  [goto, ['code', 'code-insiders', 'codium', 'cursor', 'windsurf']],
  [behind, ['zed', 'zeditor', 'subl', 'hx', 'helix']],
  [line, ['idea', 'webstorm', 'pycharm', 'goland', 'rustrover', 'phpstorm', 'clion', 'rider', 'rubymine', 'studio']],
  [plus, ['vi', 'vim', 'nvim', 'gvim', 'mvim', 'nano', 'gedit', 'micro', 'ne']],
  [plusBoth, ['emacs', 'emacsclient']],
  [letters, ['kate', 'kwrite']],
];
const FORMS = new Map(EDITORS.flatMap(([form, names]) => names.map((name) => [name, form] as const)));

/**
 * The arguments by which an editor opens a file at its line; null where the place has none or the program is not known.
 * The command may start the editor in something else, as in `kitty nvim`: the last program in it that is known counts.
 */
export function lineArguments(command: readonly string[], { path: file, line, column }: FilePlace): string[] | null {
  if (line === undefined) return null;
  const names = command.map((word) =>
    path.basename(word.replaceAll('\\', '/')).replace(/(?:64)?\.(?:exe|cmd|bat|sh)$/i, ''),
  );
  const form = names.map((name) => FORMS.get(name)).findLast((one) => one !== undefined);
  return form === undefined ? null : form(file, line, column);
}
