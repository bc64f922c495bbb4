import { expect, it } from 'vitest';
import { DEFAULT_LOOK } from '../../contract/settings/look.ts';
import { colorsOf, lookOf, readLook } from './look.logic.ts';

const entry = (key: string, value: unknown) => ({ key, value, default: null, words: '' });

it('takes what fits, and the default for what does not', () => {
  expect(lookOf([])).toEqual({ density: 'comfortable', textSize: 14, codeSize: 12 });
  expect(lookOf([entry('appearance.density', 'compact'), entry('appearance.textSize', 18)])).toEqual({
    density: 'compact',
    textSize: 18,
    codeSize: 12,
  });
  expect(readLook('{"textSize":20,"codeSize":999}')).toEqual({ ...DEFAULT_LOOK, textSize: 20 });
  for (const text of [null, '{', 'null', '5']) expect(readLook(text)).toEqual(DEFAULT_LOOK);
});

it('knows the colours once the settings are there', () => {
  expect(colorsOf(null)).toBeNull();
  expect(colorsOf([entry('appearance.colors', 'system')])).toBe('auto');
  expect(colorsOf([entry('appearance.colors', 'dark')])).toBe('dark');
});
