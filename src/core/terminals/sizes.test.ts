import { expect, test } from 'vitest';
import { createSizes } from './sizes.ts';

function scene() {
  const applied: string[] = [];
  const sizes = createSizes(({ cols, rows }) => applied.push(`${cols}x${rows}`));
  const now = () => applied.splice(0);
  return { sizes, now };
}

test('a terminal has the size that was said last while nobody has used it', () => {
  const { sizes, now } = scene();
  const one = sizes.join({ cols: 80, rows: 24 });
  const two = sizes.join(undefined);
  two.resize({ cols: 60, rows: 20 });
  one.resize({ cols: 81, rows: 24 });
  expect(now()).toEqual(['80x24', '60x20', '81x24']);
});

test('the one that is used keeps it, whatever those say that look on', () => {
  const { sizes, now } = scene();
  const one = sizes.join({ cols: 80, rows: 24 });
  one.use();
  const two = sizes.join({ cols: 60, rows: 20 });
  two.resize({ cols: 61, rows: 20 });
  expect(now()).toEqual(['80x24']);
  one.resize({ cols: 90, rows: 24 });
  two.use();
  two.use();
  one.resize({ cols: 91, rows: 24 });
  expect(now()).toEqual(['90x24', '61x20']);
});

test('when it goes the one before it has it again, as it is now', () => {
  const { sizes, now } = scene();
  const one = sizes.join({ cols: 80, rows: 24 });
  one.use();
  const two = sizes.join({ cols: 60, rows: 20 });
  two.use();
  const three = sizes.join({ cols: 40, rows: 10 });
  one.resize({ cols: 82, rows: 24 });
  now();
  three.leave();
  expect(now()).toEqual([]);
  two.leave();
  expect(now()).toEqual(['82x24']);
  one.leave();
  expect(now()).toEqual([]);
});
