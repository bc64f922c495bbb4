import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commitAll } from '../git/commit-all.ts';
import { runGit } from '../git/run-git.ts';

/** The folder in the data folder in which sample repositories are; nothing of a person's is in it. */
export const SAMPLES = 'samples';

const NAME = 'sample';
const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Sample\n\nA small repository to try Drover in. Nothing of yours is in it.\n',
  'src/greet.js': 'export const greet = (name) => "Hello " + name;\n',
};

/**
 * The folder of a small repository with one commit, in the data folder: made when there is none. `usable` says whether
 * one that is there already can be a project; one that cannot is left as it is, and another is made beside it.
 */
export async function sampleRepository(
  dataFolder: string,
  usable: (folder: string) => Promise<boolean>,
): Promise<string> {
  const samples = path.join(dataFolder, SAMPLES);
  await mkdir(samples, { recursive: true, mode: 0o700 });
  for (let no = 1; ; no += 1) {
    const folder = path.join(samples, no === 1 ? NAME : `${NAME}-${no}`);
    if (await usable(folder)) return folder;
    if (await make(samples, folder)) return folder;
  }
}

/** In one step at the end, so that no half of it is ever there; false when the place is taken. */
async function make(samples: string, folder: string): Promise<boolean> {
  const made = await mkdtemp(path.join(samples, '.new-'));
  try {
    for (const [name, text] of Object.entries(FILES)) {
      const file = path.join(made, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await runGit({ cwd: made, writes: true, discover: true, args: ['init', '--quiet', '--template='] });
    await runGit({ cwd: made, writes: true, args: ['symbolic-ref', 'HEAD', 'refs/heads/main'] });
    await commitAll(made, 'Begin');
    return await rename(made, folder).then(() => true, whenTaken);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

function whenTaken(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST' || error.code === 'ENOTDIR') return false;
  throw error;
}
