import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ListedProject, Project, ProjectDetail, ProjectSettings } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { beginning } from '../../contract/text.ts';
import { createId } from '../base/ids.ts';
import { ifThere } from '../base/if-there.ts';
import { createKeyedQueue } from '../base/keyed-queue.ts';
import type { Db } from '../db/open.ts';
import { gitWords } from '../git/git-error.ts';
import { repositoryInfo } from '../git/repository-info.ts';
import { checkFolder } from './check-folder.ts';
import { checkSettings } from './check-settings.ts';
import { sampleRepository } from './sample.ts';

interface Deps {
  db: Db;
  dataFolder: string;
  now(): number;
  /** Called after a row has changed. */
  changed(): void;
  /** What the branches of a new project begin with. */
  branchPrefix(): string;
  /** Unsettled tasks and workspaces that are not removed. */
  inUse(projectId: string): { tasks: number; workspaces: number };
  /** All tasks of the project. */
  taskCount(projectId: string): number;
  /** Leads the workspaces of a project to the folder in which its repository is now; refused when it is another one. */
  moveWorkspaces(project: Project, path: string): Promise<Result<null>>;
}

/** The repositories Drover may work in. Their folders are only ever looked at from here. */
export interface Projects {
  /** By name. */
  list(): Project[];
  /** The same, with a look whether the folders are there. */
  listed(): Promise<ListedProject[]>;
  get(id: string): Result<Project>;
  /** With a fresh look at the folder. */
  detail(id: string): Promise<Result<ProjectDetail>>;
  /** Refused, each with its own sentence, for what is no repository that worktrees can be made of. */
  add(input: NewProject): Promise<Result<ProjectDetail>>;
  /** A project to try things in: a small repository in the data folder, made and added where it is not there yet. */
  sample(): Promise<Result<ProjectDetail>>;
  trust(id: string, trusted: boolean): Promise<Result<ProjectDetail>>;
  /** `path` says where the folder of the project is now. */
  set(
    id: string,
    change: { name?: string; path?: string; settings?: Partial<ProjectSettings> },
  ): Promise<Result<ProjectDetail>>;
  /** Forgets the project; its folder stays as it is. Refused while tasks or workspaces of it are there. */
  remove(id: string): Result<{ projectId: string }>;
}

interface NewProject {
  path: string;
  name?: string;
  trusted?: boolean;
}

interface Row {
  id: string;
  name: string;
  path: string;
  trusted: number;
  settings: string;
  added_at: number;
}

const MAX_NAME = 120;

export function createProjects(deps: Deps): Projects {
  const { db } = deps;
  const all = db.prepare<[], Row>('SELECT * FROM projects ORDER BY name COLLATE NOCASE');
  const byId = db.prepare<[string], Row>('SELECT * FROM projects WHERE id = ?');
  const byPath = db.prepare<[string], Row>('SELECT * FROM projects WHERE path = ?');
  const byName = db.prepare<[string], Row>('SELECT * FROM projects WHERE name = ?');
  const insert = db.prepare<[Row]>(
    'INSERT INTO projects (id, name, path, trusted, settings, added_at) VALUES (:id, :name, :path, :trusted, :settings, :added_at)',
  );
  const update = db.prepare<[Row]>(
    'UPDATE projects SET name = :name, path = :path, trusted = :trusted, settings = :settings WHERE id = :id',
  );
  const queue = createKeyedQueue();
  const erase = db.prepare<[string]>('DELETE FROM projects WHERE id = ?');

  function get(id: string): Result<Project> {
    const row = byId.get(id);
    return row ? accept(fromRow(row)) : reject('not-found', `There is no project ${id}.`);
  }

  async function withCondition(project: Project): Promise<ProjectDetail> {
    return { ...project, ...(await look(project.path)), taskCount: deps.taskCount(project.id) };
  }

  async function save(project: Project): Promise<Result<ProjectDetail>> {
    update.run(toRow(project));
    deps.changed();
    return accept(await withCondition(project));
  }

  function freeName(wanted: string): string {
    for (let no = 1; ; no += 1) {
      const end = no === 1 ? '' : `-${no}`;
      const name = beginning(wanted, MAX_NAME - end.length) + end;
      if (!byName.get(name)) return name;
    }
  }

  async function movedTo(id: string, path: string): Promise<Result<string>> {
    const found = get(id);
    if (!found.ok) return found;
    const checked = await checkFolder(path, deps.dataFolder);
    if (!checked.ok) return checked;
    const { top } = checked.value;
    const same = byPath.get(top);
    if (same && same.id !== id) {
      return reject(
        'conflict',
        `${top} is already added, as the project ${same.name} (${same.id}); remove that first.`,
      );
    }
    const done = await deps.moveWorkspaces(found.value, top);
    return done.ok ? accept(top) : done;
  }

  async function add({ path, name, trusted = false }: NewProject): Promise<Result<ProjectDetail>> {
    const checked = await checkFolder(path, deps.dataFolder);
    if (!checked.ok) return checked;
    const { top, branch } = checked.value;
    // Nothing waits between these looks and the insert, so two calls at once cannot both pass.
    const same = byPath.get(top);
    if (same) return reject('conflict', `${top} is already added, as the project ${same.name} (${same.id}).`);
    const given = name === undefined ? null : cleanName(name);
    if (given === '') return reject('invalid', 'The name of a project needs at least one letter.');
    if (given && byName.get(given)) return reject('conflict', `There is already a project named ${given}.`);
    const project: Project = {
      id: createId('p'),
      name: given ?? freeName(cleanName(basename(top).replace(/(.)\.git$/, '$1')) || 'project'),
      path: top,
      trusted,
      setup: [],
      copy: [],
      submodules: false,
      checks: [],
      branchPrefix: deps.branchPrefix(),
      quiet: false,
      lifted: [],
      addedAt: deps.now(),
    };
    insert.run(toRow(project));
    deps.changed();
    return accept({ ...project, condition: 'ready', currentBranch: branch, taskCount: 0 });
  }

  async function sample(): Promise<Result<ProjectDetail>> {
    try {
      const usable = async (folder: string) => (await checkFolder(folder, deps.dataFolder)).ok;
      const path = await realpath(await sampleRepository(deps.dataFolder, usable));
      const same = byPath.get(path);
      return same ? accept(await withCondition(fromRow(same))) : await add({ path });
    } catch (error) {
      return reject('unavailable', `The sample project could not be made: ${gitWords(error)}`);
    }
  }

  return {
    list: () => all.all().map(fromRow),
    listed: () =>
      Promise.all(all.all().map(async (row) => ({ ...fromRow(row), gone: (await folderAt(row.path)) === 'gone' }))),
    get,
    async detail(id) {
      const found = get(id);
      return found.ok ? accept(await withCondition(found.value)) : found;
    },
    add,
    // Two at once would make two of them.
    sample: () => queue.run('sample', sample),
    async trust(id, trusted) {
      const found = get(id);
      return found.ok ? save({ ...found.value, trusted }) : found;
    },
    async set(id, { name, path, settings = {} }) {
      const checked = checkSettings(settings);
      if (!checked.ok) return checked;
      const moved = path === undefined ? null : await movedTo(id, path);
      if (moved && !moved.ok) return moved;
      const found = get(id);
      if (!found.ok) return found;
      const project = { ...found.value, ...(moved ? { path: moved.value } : {}) };
      if (name !== undefined) {
        project.name = cleanName(name);
        if (project.name === '') return reject('invalid', 'The name of a project needs at least one letter.');
        const other = byName.get(project.name);
        if (other && other.id !== id) return reject('conflict', `There is already a project named ${project.name}.`);
      }
      const given = Object.entries(settings).filter(([, value]) => value !== undefined);
      return save({ ...project, ...Object.fromEntries(given) });
    },
    remove(id) {
      const found = get(id);
      if (!found.ok) return found;
      const { tasks, workspaces } = deps.inUse(id);
      if (tasks > 0 || workspaces > 0) {
        const parts = [
          ...(tasks > 0 ? [tasks === 1 ? 'one unfinished task' : `${tasks} unfinished tasks`] : []),
          ...(workspaces > 0 ? [workspaces === 1 ? 'one workspace' : `${workspaces} workspaces`] : []),
        ];
        return reject(
          'conflict',
          `The project ${found.value.name} still has ${parts.join(' and ')}. Stop the tasks and remove the workspaces first.`,
        );
      }
      erase.run(id);
      deps.changed();
      return accept({ projectId: id });
    },
  };
}

/** One line without control characters and marks that turn the direction of text. */
function cleanName(name: string): string {
  const line = name
    .replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return beginning(line, MAX_NAME).trim();
}

/** A file system that does not answer holds up nothing. */
const PATIENCE_MS = 500;

async function folderAt(path: string): Promise<'there' | 'gone'> {
  const patience = new AbortController();
  const late = setTimeout(PATIENCE_MS, 'there' as const, { signal: patience.signal, ref: false });
  const found = stat(path).then(
    (folder) => (folder.isDirectory() ? 'there' : 'gone'),
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'gone' : 'there'),
  );
  try {
    return await Promise.race([found, late]);
  } finally {
    patience.abort();
    late.catch(() => {});
  }
}

async function look(path: string): Promise<Pick<ProjectDetail, 'condition' | 'currentBranch'>> {
  try {
    const folder = await ifThere(stat(path));
    if (!folder?.isDirectory()) return { condition: 'missing', currentBranch: null };
    const info = await repositoryInfo(path);
    // A folder above may be a repository too, but it is not the one that was added.
    if (info?.top !== path) return { condition: 'not-a-repository', currentBranch: null };
    return { condition: 'ready', currentBranch: info.branch };
  } catch {
    return { condition: 'unreadable', currentBranch: null };
  }
}

function fromRow(row: Row): Project {
  const { id, name, path } = row;
  const settings = JSON.parse(row.settings) as ProjectSettings;
  return { id, name, path, trusted: row.trusted === 1, addedAt: row.added_at, ...settings };
}

function toRow({ id, name, path, trusted, addedAt, ...settings }: Project): Row {
  return { id, name, path, trusted: trusted ? 1 : 0, added_at: addedAt, settings: JSON.stringify(settings) };
}
