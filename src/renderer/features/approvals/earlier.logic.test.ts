import { expect, it } from 'vitest';
import { countCovered } from './earlier.logic.ts';

const TITLES = [
  'Run npm install --global typescript',
  'Run npm install --global eslint',
  'Run npm install left-pad',
  'Run npm install-test',
  'Run npm install left-pad && rm -rf /',
  'Run npm install --global very-long…',
  'Edit npm install',
];

it.each([
  ['npm install --global typescript', 1],
  ['npm install --global *', 2],
  ['npm install *', 3],
  ['npm *', 4],
  ['git push', 0],
])('%s covers %i earlier requests', (pattern, count) => {
  expect(countCovered(pattern, TITLES)).toBe(count);
});
