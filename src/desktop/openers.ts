import type { FolderPlace } from '../contract/desktop.ts';

/** A program that opens a folder: how it is found and started. */
export interface Opener {
  /** Looked for in PATH. */
  program: string;
  /** For a person. */
  name: string;
  /** What stands before the folder, or null for a program that opens the folder it is started in. */
  before: readonly string[] | null;
  /** The last of `before` and the folder are one argument. */
  joined?: boolean;
  /** macOS: only where this application is installed. */
  application?: string;
}

const opener = (program: string, name: string, before: readonly string[] | null = []): Opener => ({
  program,
  name,
  before,
});
const directory = (program: string, name: string): Opener => ({
  ...opener(program, name, ['--working-directory=']),
  joined: true,
});
const mac = (application: string): Opener => ({ ...opener('open', application, ['-a', application]), application });

const EDITORS: readonly Opener[] = [
  opener('code', 'Visual Studio Code'),
  opener('codium', 'VSCodium'),
  opener('cursor', 'Cursor'),
  opener('windsurf', 'Windsurf'),
  opener('zed', 'Zed'),
  opener('zeditor', 'Zed'),
  opener('subl', 'Sublime Text'),
  opener('idea', 'IntelliJ IDEA'),
  opener('webstorm', 'WebStorm'),
  opener('pycharm', 'PyCharm'),
  opener('goland', 'GoLand'),
  opener('rustrover', 'RustRover'),
  opener('phpstorm', 'PhpStorm'),
  opener('code-insiders', 'Visual Studio Code Insiders'),
  opener('kate', 'Kate'),
  opener('gvim', 'Vim'),
  opener('emacs', 'Emacs'),
];

/** The programs that are tried, the best first. */
export const OPENERS: Readonly<Record<FolderPlace, Readonly<Record<'linux' | 'darwin' | 'win32', readonly Opener[]>>>> =
  {
    editor: {
      linux: EDITORS,
      darwin: [...EDITORS, mac('Visual Studio Code'), mac('Cursor'), mac('Zed'), mac('Sublime Text')],
      win32: EDITORS,
    },
    terminal: {
      linux: [
        // What the person has chosen on Debian and its kin.
        opener('x-terminal-emulator', 'the terminal', null),
        directory('gnome-terminal', 'GNOME Terminal'),
        opener('konsole', 'Konsole', ['--workdir']),
        opener('kitty', 'kitty', ['--directory']),
        directory('alacritty', 'Alacritty'),
        directory('ghostty', 'Ghostty'),
        opener('wezterm', 'WezTerm', ['start', '--cwd']),
        directory('foot', 'foot'),
        directory('xfce4-terminal', 'Xfce Terminal'),
        directory('mate-terminal', 'MATE Terminal'),
        directory('tilix', 'Tilix'),
        directory('terminator', 'Terminator'),
        directory('kgx', 'Console'),
        opener('ptyxis', 'Ptyxis', ['--new-window', '--working-directory']),
        directory('lxterminal', 'LXTerminal'),
        opener('xterm', 'xterm', null),
      ],
      darwin: [mac('iTerm'), opener('open', 'Terminal', ['-a', 'Terminal'])],
      win32: [opener('wt', 'Windows Terminal', ['-d']), opener('powershell', 'PowerShell', null)],
    },
    files: {
      linux: [opener('xdg-open', 'the file manager'), opener('gio', 'the file manager', ['open'])],
      darwin: [opener('open', 'Finder')],
      win32: [opener('explorer', 'Explorer')],
    },
  };

/** Whose programs are tried. */
export function platformOf(platform: NodeJS.Platform): 'linux' | 'darwin' | 'win32' {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

/** The arguments that make a program open `folder`. */
export function argumentsOf({ before, joined }: Opener, folder: string): string[] {
  if (before === null) return [];
  if (joined) return [...before.slice(0, -1), `${before.at(-1)}${folder}`];
  return [...before, folder];
}
