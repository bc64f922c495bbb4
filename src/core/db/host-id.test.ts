import { expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { hostId } from './host-id.ts';
import { openDatabase } from './open.ts';

test('is the same at every start, and another one for other data', async () => {
  const [folder, other] = [await createTempFolder(), await createTempFolder()];
  const idIn = (path: string) => {
    const opened = openDatabase(path);
    if (!opened.ok) throw new Error(opened.rejection.message);
    const id = hostId(opened.value.db);
    opened.value.close();
    return id;
  };
  const id = idIn(folder.path);
  expect(id).toMatch(/^h[0-9a-z]{8}$/);
  expect(idIn(folder.path)).toBe(id);
  expect(idIn(other.path)).not.toBe(id);
  await folder.remove();
  await other.remove();
});
