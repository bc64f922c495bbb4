/**
 * The rooms of the house and what each may import, as data. A room is a folder below src/ or a single file; a file
 * belongs to the room with the longest name that fits it. A room may always import itself.
 */
export type Room = {
  room: string;
  /** Rooms it may import; a room named here stands for itself, not for the rooms inside it, a file for itself alone. */
  rooms: readonly string[];
  /** Packages it may import; `node:*` stands for Node's own modules. */
  packages: readonly string[];
};

const NODE = ['node:*'];
const SQLITE = 'better-sqlite3';

const WORDS = ['contract', 'core/core-api.ts'];
const BASE = ['contract', 'core/base'];
/** A noun of the core stands on these and on no other noun. */
const LOW = [...WORDS, 'core/base', 'core/db', 'core/process', 'core/log', 'core/git'];
const NOUNS = [
  'core/projects',
  'core/settings',
  'core/pause',
  'core/workspaces',
  'core/attachments',
  'core/data',
  'core/clean-up',
  'core/resources',
  'core/review',
];
/** What each needs, where that is not Node alone. */
const NEEDS: Record<string, readonly string[]> = {
  'core/settings': [],
  'core/pause': [],
  'core/data': [...NODE, SQLITE],
  'core/clean-up': [],
};
const PORT = 'core/backends/backend.ts';
const KNOWN = 'core/backends/known-agents.ts';
const PTY = 'core/terminals/pty.ts';
const APPROVALS = ['core/approvals/shell', 'core/approvals/judge', 'core/approvals/rules'];
const MORE = [PORT, ...APPROVALS, 'core/approvals', 'core/agents'];

const ABOVE = ['core/tasks', 'core/tools', 'core/terminals', 'core/land', 'core/loop'];

const CLIENT = ['contract', 'contract/connection'];
const VIEW = ['react', '@mantine/core'];

/** From the words at the bottom to the clients at the top: a room only imports rooms that come before it. */
export const ROOMS: readonly Room[] = [
  { room: 'contract', rooms: [], packages: ['zod', '@orpc/contract'] },
  /** A client of the contract over a WebSocket, for whatever a person uses. */
  { room: 'contract/connection', rooms: ['contract'], packages: ['@orpc/client'] },

  /** What the core offers, as types: carriers and hosts need no more than this and `createCore`. */
  { room: 'core/core-api.ts', rooms: ['contract'], packages: ['zod'] },
  { room: 'core/base', rooms: ['contract'], packages: NODE },
  { room: 'core/db', rooms: BASE, packages: [...NODE, SQLITE] },
  { room: 'core/process', rooms: BASE, packages: NODE },
  { room: 'core/log', rooms: [...BASE, 'core/db'], packages: [] },
  { room: 'core/git', rooms: [...BASE, 'core/process'], packages: NODE },
  /** A program in a PTY, for terminals and for backends that drive an agent in one. */
  { room: 'core/terminals/pty-size.ts', rooms: [], packages: [] },
  { room: 'core/terminals/node-pty.ts', rooms: [], packages: NODE },
  {
    room: PTY,
    rooms: [...BASE, 'core/process', 'core/terminals/pty-size.ts', 'core/terminals/node-pty.ts'],
    packages: NODE,
  },
  /** Terminals: shells of a person in PTYs, their screens and who looks at them. */
  {
    room: 'core/terminals',
    rooms: [...WORDS, 'core/base', 'core/process', PTY, 'core/terminals/pty-size.ts'],
    packages: [...NODE, '@xterm/headless', '@xterm/addon-unicode-graphemes'],
  },
  ...NOUNS.map((room) => ({ room, rooms: LOW, packages: NEEDS[room] ?? NODE })),
  /** The port to agents: the loop knows it and no backend behind it. */
  { room: PORT, rooms: [...BASE, 'core/process'], packages: [] },
  /** What a command says, read without knowing rules, questions or tasks. */
  { room: 'core/approvals/shell', rooms: BASE, packages: [...NODE, 'unbash'] },
  /** Whether a call may be made: pure, on what the rooms above look up. */
  { room: 'core/approvals/judge', rooms: [...LOW, PORT, 'core/approvals/shell'], packages: [...NODE, 'unbash'] },
  {
    room: 'core/approvals/rules',
    rooms: [...LOW, PORT, 'core/approvals/shell', 'core/approvals/judge'],
    packages: NODE,
  },
  { room: 'core/approvals', rooms: [...LOW, PORT, ...APPROVALS], packages: NODE },
  {
    room: 'core/backends',
    rooms: [...BASE, 'core/process', PORT, PTY],
    packages: NODE,
  },
  /** What is to be known of all agents' programs, without driving one: for whoever starts other programs. */
  { room: KNOWN, rooms: [...BASE, 'core/process', 'core/backends'], packages: [] },
  { room: 'core/agents', rooms: [...LOW, PORT], packages: [] },
  { room: 'core/tasks', rooms: [...WORDS, 'core/base', 'core/db', 'core/log'], packages: NODE },
  /** What the window begins with before there is a core. */
  { room: 'core/tasks/first-page.ts', rooms: ['core/db'], packages: [] },
  { room: 'core/settings/works-in-background.ts', rooms: ['core/db'], packages: [] },
  {
    room: 'core/tools',
    rooms: [...WORDS, 'core/base', 'core/db', 'core/process', 'core/log', 'core/tasks'],
    packages: [...NODE, 'zod'],
  },
  /** Work gets onto branches: with the workspaces it is in and the tasks it belongs to, and no run. */
  { room: 'core/land', rooms: [...LOW, 'core/workspaces', 'core/tasks'], packages: NODE },
  {
    room: 'core/loop',
    rooms: [...LOW, ...NOUNS, ...MORE, 'core/tasks', 'core/tools', 'core/terminals'],
    packages: NODE,
  },
  /** Between every call and its caller: what the storage refuses, in words. */
  { room: 'core/patient-api.ts', rooms: [...WORDS, 'core/db'], packages: [] },
  /** What a person has chosen to be run, and with which environment. */
  { room: 'core/programs.ts', rooms: [...BASE, 'core/process', KNOWN], packages: NODE },
  /** The calls of all nouns together. */
  { room: 'core/api.ts', rooms: [...LOW, ...NOUNS, ...MORE, ...ABOVE], packages: [] },
  {
    room: 'core/core.ts',
    rooms: [
      ...LOW,
      ...['core/patient-api.ts', 'core/programs.ts', 'core/api.ts'],
      ...NOUNS,
      ...MORE,
      ...['core/backends', KNOWN],
      ...ABOVE,
    ],
    packages: NODE,
  },

  {
    room: 'server',
    rooms: [...WORDS, 'core/base'],
    packages: [...NODE, 'zod', 'ws', '@orpc/server', '@orpc/openapi', '@orpc/zod', '@modelcontextprotocol/sdk'],
  },

  /** The desktop of whoever uses Drover: opens folders that the core names, in the person's own programs. */
  { room: 'desktop', rooms: [...BASE, 'core/process'], packages: NODE },
  /** What a host does with a window or without: core and server on a data folder, the log, the endpoint file. */
  {
    room: 'host',
    rooms: [...WORDS, 'core/base', 'core/process', 'core/core.ts', 'server', 'desktop'],
    packages: [...NODE, 'pino', 'rotating-file-stream'],
  },
  {
    room: 'daemon',
    rooms: [...WORDS, 'core/base', 'core/db', 'core/process', 'core/git', PORT, 'core/backends', KNOWN, 'host'],
    packages: [...NODE, 'zod'],
  },
  /** With the connection of a client, for the case that another process has the data already. */
  {
    room: 'main',
    rooms: [
      ...WORDS,
      'contract/connection',
      'core/base',
      'core/process',
      KNOWN,
      'core/tasks/first-page.ts',
      'core/settings/works-in-background.ts',
      'server',
      'host',
    ],
    packages: [...NODE, 'electron', 'electron-store', '@jellybrick/dbus-next', 'ws'],
  },
  { room: 'preload', rooms: ['contract'], packages: ['electron'] },

  {
    room: 'cli',
    rooms: ['contract', 'contract/connection', 'desktop'],
    packages: [...NODE, 'commander', 'ws'],
  },
  /** Parts and their look, with no words of Drover: they could stand in any app. */
  {
    room: 'renderer/ui',
    rooms: ['contract/text.ts', 'contract/settings/look.ts'],
    packages: [
      ...VIEW,
      '@mantine/notifications',
      '@tanstack/react-virtual',
      'lucide-react',
      'react-markdown',
      'rehype-highlight',
      'rehype-sanitize',
      'remark-gfm',
    ],
  },
  { room: 'renderer/connection', rooms: [...CLIENT, 'renderer/ui'], packages: [] },
  /** What the host says, kept for the views. */
  { room: 'renderer/state', rooms: [...CLIENT, 'renderer/ui', 'renderer/connection'], packages: ['react'] },
  /** What belongs to this window and is no truth about tasks: its address, its keys, and the loading of its parts. */
  { room: 'renderer/app', rooms: ['contract', 'renderer/ui', 'renderer/state'], packages: VIEW },
  {
    room: 'renderer/features',
    rooms: [...CLIENT, 'renderer/ui', 'renderer/connection', 'renderer/state', 'renderer/app'],
    packages: [
      ...VIEW,
      '@mantine/hooks',
      '@mantine/modals',
      '@mantine/notifications',
      '@mantine/spotlight',
      '@tanstack/react-virtual',
      '@dnd-kit/core',
      '@dnd-kit/sortable',
      'lucide-react',
      'zod',
      '@xterm/xterm',
      '@xterm/addon-fit',
      '@xterm/addon-search',
      '@xterm/addon-unicode-graphemes',
      '@xterm/addon-web-links',
      '@xterm/addon-webgl',
    ],
  },
  {
    room: 'renderer',
    rooms: [...CLIENT, 'renderer/ui', 'renderer/connection', 'renderer/state', 'renderer/app', 'renderer/features'],
    packages: [...VIEW, 'react-dom', '@mantine/modals', '@mantine/notifications', '@mantine/spotlight'],
  },
];
