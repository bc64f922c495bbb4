import { expect, test } from 'vitest';
import { findPaths } from './find-paths.ts';

test('the files that are found begin with those that are named so', () => {
  const paths = ['theme/index.ts', 'src/my-theme.ts', 'src/theme.ts', 'README.md'];
  expect(findPaths('theme', paths, 8)).toEqual(['src/theme.ts', 'src/my-theme.ts', 'theme/index.ts']);
  expect(findPaths('THEME', paths, 2)).toEqual(['src/theme.ts', 'src/my-theme.ts']);
  expect(findPaths('', paths, 8)).toHaveLength(4);
  expect(findPaths('nothing', paths, 8)).toEqual([]);
});
