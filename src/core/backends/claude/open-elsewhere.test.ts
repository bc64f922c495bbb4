import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type ClaudeBench, createClaudeBench } from '../../../../test/support/claude-session.ts';
import { always, script } from '../../../../test/support/scripted-api/scenario.ts';

let bench: ClaudeBench;
afterEach(() => bench.close());

test('a session that another program has open is named and not opened a second time; what a killed one left does not count', async () => {
  bench = await createClaudeBench(script(always('Hello.')));
  const { session, recorded } = await bench.open();
  expect(await session.prompt('Begin.')).toMatchObject({ result: 'ok' });
  const sessionId = recorded.sessions.at(-1)?.id ?? '';
  const pid = recorded.identity?.pid ?? 0;
  await expect(bench.open({ sessionId, resume: true })).rejects.toMatchObject({
    code: 'failed',
    message: `The session is open in another program: Claude Code, process ${pid} in ${bench.workspace}.`,
    hint: expect.stringContaining('End it there'),
  });

  const folder = path.join(bench.home, '.claude', 'sessions');
  const left = readFileSync(path.join(folder, `${pid}.json`), 'utf8');
  // Otherwise the pid of another process of today would count.
  expect(JSON.parse(left).procStart).toMatch(/^\d+$/);
  await session.close(2_000);
  writeFileSync(path.join(folder, `${pid}.json`), left);
  // Another process has its pid by now.
  writeFileSync(path.join(folder, `${process.pid}.json`), JSON.stringify({ ...JSON.parse(left), pid: process.pid }));
  writeFileSync(path.join(folder, '1.json'), 'half wri');
  const again = await bench.open({ sessionId, resume: true });
  expect(await again.session.prompt('Go on.')).toMatchObject({ result: 'ok' });
  expect(readdirSync(folder).length).toBeGreaterThan(0);
});
