import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Holds a task of the demo agent before each of its items until the test lets it go on, however long the test takes. */
export interface TaskGate {
  /** The line for its goal. */
  readonly directive: string;
  /** Lets it do these items, now or later. */
  open(...itemIds: readonly string[]): Promise<void>;
}

let made = 0;

/** `folder` has to be one of the test's own, outside of the repository. */
export async function createTaskGate(folder: string): Promise<TaskGate> {
  made += 1;
  const until = path.join(folder, `gate-${made}`);
  await mkdir(until);
  return {
    directive: `demo: slow until=${until}`,
    async open(...itemIds) {
      for (const id of itemIds) await writeFile(path.join(until, id), '');
    },
  };
}
