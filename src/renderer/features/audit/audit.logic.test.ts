import { expect, it } from 'vitest';
import { filterOf } from './audit.logic.ts';
import { labels } from './labels.ts';

it('says of what was not allowed that it did not run, never that it failed', () => {
  const became = (status: 'allowed' | 'denied' | 'expired', followed: 'succeeded' | 'failed' | null) =>
    labels.became({ status, kind: 'tool', followed });
  expect(became('denied', 'failed')).toBe('Not run');
  expect(became('expired', null)).toBe('Not run');
  expect(became('allowed', 'failed')).toBe('Failed');
  expect(became('allowed', 'succeeded')).toBe('Done');
  expect(became('allowed', null)).toBe('');
});

it('asks for nothing that was not chosen', () => {
  expect(filterOf({ projectId: null, status: [], by: [], search: '  ' })).toEqual({});
  expect(filterOf({ projectId: 'p00000001', status: ['denied'], by: ['user'], search: ' push ' })).toEqual({
    projectId: 'p00000001',
    status: ['denied'],
    by: ['user'],
    search: 'push',
  });
});
