/**
 * The rooms of the house and what each may import, as data. A room is a folder below src/ or a single file; a file
 * belongs to the room with the longest name that fits it. A room may always import itself.
 */
export type Room = {
  room: string;
  /** Rooms it may import; a room named here stands for itself, not for the rooms inside it. */
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
const NOUNS = ['core/projects', 'core/settings', 'core/pause', 'core/workspaces', 'core/attachments', 'core/data'];
const PORT = 'core/backends/backend.ts';
const KNOWN = 'core/backends/known-agents.ts';
const MORE = ['core/terminals', PORT, 'core/approvals', 'core/agents'];

/** From the words at the bottom to the clients at the top: a room only imports rooms that come before it. */
export const ROOMS: readonly Room[] = [
  { room: 'contract', rooms: [], packages: ['zod', '@orpc/contract'] },
  /** A client of the contract over a WebSocket, for whatever a person uses. */
  { room: 'contract/connection', rooms: ['contract'], packages: ['zod', '@orpc/client', '@orpc/contract'] },

  /** What the core offers, as types: carriers and hosts need no more than this and `createCore`. */
  { room: 'core/core-api.ts', rooms: ['contract'], packages: ['zod'] },
  { room: 'core/base', rooms: ['contract'], packages: NODE },
  { room: 'core/db', rooms: BASE, packages: [...NODE, SQLITE] },
  { room: 'core/process', rooms: BASE, packages: NODE },
  { room: 'core/log', rooms: [...BASE, 'core/db'], packages: [...NODE, SQLITE, 'zod'] },
  { room: 'core/git', rooms: [...BASE, 'core/process'], packages: NODE },
  ...NOUNS.map((room) => ({ room, rooms: LOW, packages: [...NODE, SQLITE, 'zod'] })),
  { room: 'core/terminals', rooms: LOW, packages: [...NODE, SQLITE, 'zod', 'node-pty'] },
  /** The port to agents: the loop knows it and no backend behind it. */
  { room: PORT, rooms: [...BASE, 'core/process'], packages: NODE },
  /** What a command says, read without knowing rules, questions or tasks. */
  { room: 'core/approvals/shell', rooms: BASE, packages: [...NODE, 'unbash'] },
  {
    room: 'core/approvals',
    rooms: [...LOW, PORT, 'core/approvals/shell'],
    packages: [...NODE, SQLITE, 'zod', 'unbash'],
  },
  {
    room: 'core/backends',
    rooms: [...BASE, 'core/process', PORT],
    packages: [...NODE, 'zod', '@modelcontextprotocol/sdk'],
  },
  /** What is to be known of all agents' programs, without driving one: for whoever starts other programs. */
  { room: KNOWN, rooms: [...BASE, 'core/process', 'core/backends'], packages: [] },
  { room: 'core/agents', rooms: [...LOW, PORT], packages: [...NODE, SQLITE, 'zod'] },
  { room: 'core/tasks', rooms: [...WORDS, 'core/base', 'core/db', 'core/log'], packages: [...NODE, SQLITE, 'zod'] },
  /** What the window begins with before there is a core. */
  { room: 'core/tasks/first-page.ts', rooms: ['core/db'], packages: [...NODE, SQLITE] },
  {
    room: 'core/tools',
    rooms: [...WORDS, 'core/base', 'core/db', 'core/process', 'core/log', 'core/tasks'],
    packages: [...NODE, 'zod'],
  },
  { room: 'core/loop', rooms: [...LOW, ...NOUNS, ...MORE, 'core/tasks', 'core/tools'], packages: NODE },
  /** Between every call and its caller: what the storage refuses, in words. */
  { room: 'core/patient-api.ts', rooms: [...WORDS, 'core/db'], packages: [] },
  {
    room: 'core/core.ts',
    rooms: [
      ...LOW,
      'core/patient-api.ts',
      ...NOUNS,
      ...MORE,
      'core/backends',
      KNOWN,
      'core/tasks',
      'core/tools',
      'core/loop',
    ],
    packages: NODE,
  },

  {
    room: 'server',
    rooms: [...WORDS, 'core/base'],
    packages: [
      ...NODE,
      'zod',
      'ws',
      '@orpc/server',
      '@orpc/openapi',
      '@orpc/zod',
      '@modelcontextprotocol/sdk',
      'swagger-ui-dist',
    ],
  },

  /** The desktop of whoever uses Drover: opens folders that the core names, in the person's own programs. */
  { room: 'desktop', rooms: [...BASE, 'core/process'], packages: NODE },
  /** What a host does with a window or without: core and server on a data folder, the log, the endpoint file. */
  {
    room: 'host',
    rooms: [...WORDS, 'core/base', 'core/process', 'core/core.ts', 'server', 'desktop'],
    packages: [...NODE, 'zod', 'pino', 'rotating-file-stream', 'env-paths'],
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
      'server',
      'host',
    ],
    packages: [...NODE, 'electron', 'electron-store', '@jellybrick/dbus-next', 'ws'],
  },
  { room: 'preload', rooms: ['contract'], packages: ['electron'] },

  {
    room: 'cli',
    rooms: ['contract', 'contract/connection', 'desktop'],
    packages: [...NODE, 'zod', 'commander', 'ws', '@orpc/client', 'env-paths'],
  },
  {
    room: 'renderer',
    rooms: ['contract', 'contract/connection'],
    packages: [
      'zod',
      '@orpc/client',
      'react',
      'react-dom',
      '@mantine/core',
      '@mantine/hooks',
      '@mantine/modals',
      '@mantine/notifications',
      '@mantine/spotlight',
      '@tanstack/react-virtual',
      '@dnd-kit/core',
      '@dnd-kit/sortable',
      'lucide-react',
      'react-markdown',
      'rehype-highlight',
      'rehype-sanitize',
      'remark-gfm',
    ],
  },
];
