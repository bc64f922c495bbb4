import { runGit } from './run-git.ts';

/** A branch, remote branch or tag that stands for a commit. */
export interface Ref {
  /** Such that git, and `resolveBase`, take it for this ref: as short as that allows. */
  name: string;
  kind: 'local' | 'remote' | 'tag';
  /** Checked out in `cwd`. */
  current: boolean;
  /** Of its newest commit (of the tag itself where it has a date), milliseconds since 1970. */
  committedAt: number;
}

const KINDS = { heads: 'local', remotes: 'remote', tags: 'tag' } as const;
// In the order in which a short name is understood.
const PREFIXES = { local: 'heads/', remote: 'remotes/', tag: 'tags/' };
const LINE = /^(\d+) ([* ])(\w*) (\w*) refs\/(heads|remotes|tags)\/(.+)$/;

/** All branches, remote branches and tags of a repository, the newest first. Rejects with `GitError`. */
export async function listRefs(cwd: string): Promise<Ref[]> {
  const format = '%(creatordate:unix) %(HEAD)%(objecttype) %(*objecttype) %(refname)';
  const text = await runGit({
    cwd,
    args: ['for-each-ref', `--format=${format}`, '--sort=-creatordate', 'refs/heads', 'refs/remotes', 'refs/tags'],
  });
  const refs: Ref[] = [];
  for (const line of text.split('\n')) {
    const [, seconds = '', head, type, peeled, folder = '', name = ''] = LINE.exec(line) ?? [];
    const kind = KINDS[folder as keyof typeof KINDS];
    if (kind === undefined || (type !== 'commit' && peeled !== 'commit')) continue;
    // What begins with a dash nobody can name; a remote's HEAD is another name of one of its branches.
    if (name.startsWith('-') || (kind === 'remote' && name.endsWith('/HEAD'))) continue;
    refs.push({ name, kind, current: head === '*', committedAt: Number(seconds) * 1000 });
  }
  const local = new Set(refs.flatMap(({ name, kind }) => (kind === 'local' ? [name] : [])));
  const remote = new Set(refs.flatMap(({ name, kind }) => (kind === 'remote' ? [name] : [])));
  return refs.map((ref) => {
    const { name, kind } = ref;
    const taken = kind !== 'local' && (local.has(name) || (kind === 'tag' && remote.has(name)));
    return taken ? { ...ref, name: PREFIXES[kind] + name } : ref;
  });
}
