import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import type { Room } from './table.ts';

/** An import that the table does not allow, or a file that stands in no room: a sentence that says which. */
export type Complaint = string;

/**
 * What a file imports: the module names in `import`, `export from`, `import()` and `import('…')` types, in no
 * particular order. Throws if the file does not parse or computes the name of a module.
 * @param path only for its ending and for messages
 */
export function importsOf(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  if (errors[0] !== undefined) throw new Error(`${path} does not parse: ${errors[0].message}`);
  const found: string[] = [];
  const literal = (node: { type: string; value?: unknown } | null) => {
    if (node === null) return;
    if (node.type !== 'Literal' || typeof node.value !== 'string')
      throw new Error(`${path} imports a module by a computed name`);
    found.push(node.value);
  };
  new Visitor({
    ImportDeclaration: (node) => literal(node.source),
    ExportNamedDeclaration: (node) => literal(node.source),
    ExportAllDeclaration: (node) => literal(node.source),
    ImportExpression: (node) => literal(node.source),
    TSImportType: (node) => literal(node.source),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') literal(node.arguments[0] ?? null);
    },
  }).visit(program);
  return found;
}

/** The room a file stands in, by the longest name that fits; null if none does. `path` is relative to src/. */
export function roomOf(path: string, rooms: readonly Room[]): Room | null {
  const fitting = rooms.filter(({ room }) => path === room || path.startsWith(`${room}/`));
  return fitting.sort((a, b) => b.room.length - a.room.length)[0] ?? null;
}

/**
 * Everything about one file that the table does not allow.
 * @param path relative to src/, with slashes
 */
export function complaintsAbout(path: string, source: string, rooms: readonly Room[]): Complaint[] {
  const room = roomOf(path, rooms);
  if (room === null) return [`src/${path} stands in no room: move it, or name its room in the table`];
  const complaints: Complaint[] = [];
  for (const name of importsOf(path, source)) {
    if (name.startsWith('.')) {
      const target = posix.join(posix.dirname(path), name);
      const other = target.startsWith('../') ? null : roomOf(target, rooms);
      if (other === null) complaints.push(`src/${path} imports ${name}, which stands in no room`);
      else if (other !== room && !room.rooms.includes(other.room) && !room.rooms.includes(target))
        complaints.push(`src/${path} imports ${name}, but ${room.room} may not import ${other.room}`);
    } else if (!room.packages.includes(packageOf(name))) {
      complaints.push(`src/${path} imports ${name}, but ${room.room} may not import that package`);
    }
  }
  return complaints;
}

/**
 * What the table says of nothing: rooms without a file, and packages that no file of their room imports.
 * @param sources every file, by its path relative to src/
 */
export function phantoms(sources: readonly { path: string; source: string }[], rooms: readonly Room[]): Complaint[] {
  const used = new Map<string, Set<string>>();
  for (const { path, source } of sources) {
    const room = roomOf(path, rooms)?.room;
    if (room === undefined) continue;
    const names = used.get(room) ?? new Set();
    for (const name of importsOf(path, source)) names.add(packageOf(name));
    used.set(room, names);
  }
  return rooms.flatMap(({ room, packages }) => {
    const names = used.get(room);
    if (names === undefined) return [`the table names the room ${room}, which holds no file`];
    const idle = packages.filter((name) => !names.has(name));
    return idle.map((name) => `the table lets ${room} import ${name}, which no file of it does`);
  });
}

/**
 * Everything about all files of a source folder that the table does not allow; tests are left out.
 * @param folder absolute path of src/
 */
export function complaintsAboutAll(folder: string, rooms: readonly Room[]): { files: number; complaints: Complaint[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const sources = files.map((path) => ({ path, source: readFileSync(join(folder, path), 'utf8') }));
  const complaints = sources.flatMap(({ path, source }) => complaintsAbout(path, source, rooms));
  return { files: files.length, complaints: [...complaints, ...phantoms(sources, rooms)] };
}

/** `node:fs/promises` is `node:*`; `@orpc/client/fetch` is `@orpc/client`; `zod/v4` is `zod`. */
function packageOf(name: string): string {
  if (name.startsWith('node:') || builtinModules.includes(name)) return 'node:*';
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
