import { expect, test } from 'vitest';
import { taskEdit } from './events.ts';
import { taskFields, taskSpec } from './state.ts';

// A default in one of the fields would be set by every edit that does not name it, and hide that of the settings.
test('what an edit or a new task does not name stays unsaid', () => {
  expect(taskEdit.parse({ title: 'Other' })).toEqual({ title: 'Other' });
  expect(taskSpec.parse({ projectId: 'p00000001', goal: 'Do it' })).toEqual({ projectId: 'p00000001', goal: 'Do it' });
  expect(taskFields.safeParse({}).error?.issues.map(({ path }) => path[0])).toEqual(Object.keys(taskFields.shape));
});
