import { expect, test } from 'vitest';
import { createStage } from './stage.ts';
import { loadXterm } from './xterm.ts';

const xterm = await loadXterm();

test.each([
  ['erases all before the last place', '\x1b[24;80H\x1b[1J', ''],
  ['erases all before it on a screen of its own', '\x1b[?1049h\x1b[24;80H\x1b[1J', ''],
  ['puts back a cursor that is below the screen by now', '\x1b[24;1H\x1b7', '\x1b8'],
  ['leaves its own screen for one that has become smaller', '\x1b[24;1H\x1b[?1049h', '\x1b[?1049l'],
  ['puts back a cursor whose lines are gone', `${'\r\n'.repeat(100)}\x1b7`, '\x1b[3J\x1b8'],
])('a program that %s does not end the screen', async (_, before, after) => {
  const stage = createStage({ xterm, size: { cols: 80, rows: 24 }, answer() {}, title() {}, flow() {} });
  stage.output(Buffer.from(before));
  stage.resize({ cols: 80, rows: 10 });
  stage.output(Buffer.from(`${after}\r\n${'x'.repeat(200)}\r\nit lives`));
  await stage.settled();
  expect(stage.text(0)).toMatch(/it lives$/);
  stage.close();
});
