import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { until } from '../../../test/support/until.ts';
import { reject } from '../../contract/rejection.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { CheckpointsStore } from './checkpoints-store.ts';

test('a host that ends while it starts asks its closed database for nothing', async () => {
  const folder = await createTempFolder();
  const scratch = join(folder.path, 'checkpoints');
  await mkdir(scratch);
  const gone = vi.fn(() => []);
  const checkpoints = createCheckpoints({
    store: { gone } as unknown as CheckpointsStore,
    dataFolder: folder.path,
    projectOf: () => reject('not-found', 'There is none.'),
    logger: { warn: () => {} },
  });
  let gitEnds = () => {};
  const gitEnded = new Promise<void>((resolve) => {
    gitEnds = resolve;
  });
  checkpoints.recover(gitEnded);
  await checkpoints.close();
  gitEnds();
  await until(() => !existsSync(scratch), 'the recovery');
  await checkpoints.sweep();
  expect(gone).not.toHaveBeenCalled();
  await folder.remove();
});
