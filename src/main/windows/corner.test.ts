import { expect, it } from 'vitest';
import { placeAtTop, placeInCorner } from './corner.ts';

const workArea = { x: 0, y: 30, width: 1400, height: 970 };
const nowhere = { x: 0, y: 0, width: 0, height: 0 };
const size = { width: 420, height: 300 };

it.each([
  ['in the top right corner when nobody knows the icon', nowhere, { x: 968, y: 42, width: 420, height: 300 }],
  ['below an icon at the top', { x: 700, y: 0, width: 24, height: 24 }, { x: 502, y: 42, width: 420, height: 300 }],
  ['no further right than the screen', { x: 1380, y: 0, width: 24, height: 24 }, { x: 968, y: 42 }],
  ['no further left than the screen', { x: 0, y: 0, width: 24, height: 24 }, { x: 12, y: 42 }],
  ['above an icon at the bottom', { x: 1300, y: 1000, width: 24, height: 24 }, { x: 968, y: 688 }],
])('puts a window near the tray %s', (_where, tray, expected) => {
  expect(placeInCorner({ workArea, tray, size })).toMatchObject(expected);
});

it('is never higher than most of the screen, nor wider than all of it', () => {
  const small = { x: 100, y: 0, width: 390, height: 500 };
  expect(placeInCorner({ workArea: small, tray: nowhere, size: { width: 420, height: 5000 } })).toEqual({
    x: 112,
    y: 12,
    width: 366,
    height: 400,
  });
});

it('puts quick capture where people look first, and always onto the screen', () => {
  expect(placeAtTop({ workArea, size })).toEqual({ x: 490, y: 224, width: 420, height: 300 });
  const low = placeAtTop({ workArea: { x: 0, y: 0, width: 800, height: 300 }, size: { width: 420, height: 9000 } });
  expect(low.y + low.height).toBeLessThanOrEqual(300);
});
