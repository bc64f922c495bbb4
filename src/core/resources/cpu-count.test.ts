import { expect, test } from 'vitest';
import { type CpuRow, createCpuCount } from './cpu-count.ts';

const row = (pid: number, parent: number, cpuMs: number, reapedMs = 0, startTime = 'x'): CpuRow => ({
  pid,
  startTime,
  parent,
  cpuMs,
  reapedMs,
});

test('what runs is added up, and counted once', () => {
  const count = createCpuCount();
  expect(count.add([row(1, 0, 100), row(2, 1, 50)])).toBe(150);
  expect(count.add([row(1, 0, 100), row(2, 1, 50)])).toBe(150);
  expect(count.add([row(1, 0, 130), row(2, 1, 60)])).toBe(190);
});

test('what has ended stays counted, and not again with its parent', () => {
  const count = createCpuCount();
  count.add([row(1, 0, 100), row(2, 1, 50)]);
  expect(count.add([row(1, 0, 100, 80)])).toBe(180);
  expect(count.add([row(1, 0, 100, 80)])).toBe(180);
});

test('what came and went between two looks counts by its parent', () => {
  const count = createCpuCount();
  count.add([row(1, 0, 100)]);
  expect(count.add([row(1, 0, 100, 500)])).toBe(600);
});

test('what ends with nobody of the tree to notice it stays counted', () => {
  const count = createCpuCount();
  count.add([row(1, 0, 100), row(2, 77, 50)]);
  expect(count.add([row(1, 0, 100)])).toBe(150);
  // Its parent is one that does not count what it has not waited for.
  count.add([row(1, 0, 100), row(3, 1, 40)]);
  expect(count.add([row(1, 0, 100)])).toBe(190);
});

test('another process with the same number is another one', () => {
  const count = createCpuCount();
  count.add([row(2, 1, 50)]);
  expect(count.add([row(2, 1, 20, 0, 'later')])).toBe(70);
});
