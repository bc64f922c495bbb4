import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCheckpoints } from '../src/core/review/checkpoints.ts';
import { aProject } from '../test/support/project.ts';
import { createRepository, GIT_ENVIRONMENT, runGit } from '../test/support/repository.ts';
import type { Bench } from './bench.ts';
import { interleave, median, spread, timed } from './support/statistics.ts';

const FILES = 10_000;
const CONTENTS = 500;
/** Per cent of what git takes without anything remembered. */
const LIMIT = 150;

/** A checkpoint of a large workspace after one file of it was changed and one is new, beside git that begins with nothing. */
export const checkpoints: Bench = {
  name: 'checkpoints',
  async run({ quick, folder }) {
    const repository = await createRepository(folder, { files: {} });
    const content = (n: number) => `${n}\n`.repeat(60);
    const stream = [
      ...Array.from({ length: CONTENTS }, (_, n) => `blob\nmark :${n + 1}\ndata <<end\n${content(n)}\nend\n`),
      'commit refs/heads/main\ncommitter Bench <bench@example.invalid> 0 +0000\ndata <<end\nMany\nend\n',
      ...Array.from({ length: FILES }, (_, n) => `M 644 :${1 + (n % CONTENTS)} folder-${n % 100}/file-${n}.txt\n`),
    ];
    await runGit(repository.path, ['fast-import', '--quiet'], stream.join(''));
    const path = join(folder, 'worktree');
    await repository.git('worktree', 'add', '--quiet', '-b', 'work', path, 'main');

    const trees: string[] = [];
    const made = createCheckpoints({
      store: { ...NO_STORE, lastTree: () => trees.at(-1) ?? null },
      dataFolder: join(folder, 'data'),
      projectOf: () => ({ ok: true, value: project }),
      logger: { warn: () => {} },
    });
    const project = aProject(repository.path);
    await mkdir(join(folder, 'data'), { recursive: true });
    const index = join(folder, 'fresh-index');
    const fresh = { ...GIT_ENVIRONMENT, GIT_INDEX_FILE: index };
    const [rounds, warmups] = quick ? [3, 1] : [15, 2];
    let turn = 0;
    const change = async () => {
      turn += 1;
      await writeFile(join(path, 'folder-7', 'file-7.txt'), `${turn}\n`);
      await writeFile(join(path, `new-${turn}.txt`), `${turn}\n`);
    };
    const make = async () => {
      const tree = await made.make({ taskId: 'a00000001', project, path, runNo: 1, turn, kind: 'turn' });
      if (tree === null) throw new Error('There is nothing new.');
      trees.push(tree);
    };
    const { checkpoint, unchanged, git } = await interleave(rounds, warmups, {
      async git() {
        await rm(index, { force: true });
        return timed(async () => {
          await runGit(path, ['add', '--all'], undefined, fresh);
          await runGit(path, ['write-tree'], undefined, fresh);
        });
      },
      async checkpoint() {
        await change();
        return timed(make);
      },
      unchanged: () => timed(make),
    });
    return [
      {
        what: `checkpoint of ${FILES} files, of git add with a fresh index and write-tree`,
        measured: (100 * median(checkpoint)) / median(git),
        unit: '%',
        limit: LIMIT,
        comparison: 'at most',
        note: `${spread(checkpoint)}; git: ${spread(git)}`,
      },
      {
        what: 'the same where nothing has changed',
        measured: (100 * median(unchanged)) / median(git),
        unit: '%',
        limit: LIMIT,
        comparison: 'at most',
        note: spread(unchanged),
      },
    ];
  },
};

const NO_STORE = { write() {}, erase() {}, list: () => [], lastTree: () => null, gone: () => [], forget() {} };
