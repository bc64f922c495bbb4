import { expect, it } from 'vitest';
import { placeOnScreen, type Rectangle } from './place.ts';

const LEFT: Rectangle = { x: 0, y: 30, width: 1920, height: 1050 };
const RIGHT: Rectangle = { x: 1920, y: 0, width: 1280, height: 1024 };
const at = (x: number, y: number, width = 1000, height = 700): Rectangle => ({ x, y, width, height });

it.each([
  ['where it was', at(100, 100), at(100, 100)],
  ['on the second screen', at(2000, 50), at(2000, 50)],
  ['partly outside, as it was', at(-700, 100), at(-700, 100)],
  ['in the middle when its screen is gone', at(5000, 100), at(460, 205)],
  ['in the middle when its top is above every screen', at(100, -300), at(460, 205)],
  ['in the middle when its top is below every screen', at(100, 1070), at(460, 205)],
  ['no larger than its screen', at(1950, 0, 4000, 4000), at(1950, 0, 1280, 1024)],
])('puts a window %s', (_where, wanted, expected) => {
  expect(placeOnScreen(wanted, [LEFT, LEFT, RIGHT])).toEqual(expected);
});

it('leaves a window as it is when no screen is known', () => {
  expect(placeOnScreen(at(5, 5), [])).toEqual(at(5, 5));
});
