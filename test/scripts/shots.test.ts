import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { percentChanged } from '../../e2e/shots/compare.ts';

function picture(width: number, height: number, dark: number): Buffer {
  const made = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) {
    made.data.set(at < dark ? [0, 0, 0, 255] : [255, 255, 255, 255], at * 4);
  }
  return PNG.sync.write(made);
}

it('says how much of a picture has changed', () => {
  expect(percentChanged(picture(10, 10, 0), picture(10, 10, 0))).toBe(0);
  expect(percentChanged(picture(10, 10, 0), picture(10, 10, 25))).toBe(25);
  expect(percentChanged(picture(10, 10, 0), picture(10, 20, 0))).toBe(100);
});
