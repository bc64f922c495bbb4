import { expect, it } from 'vitest';
import { reportOf } from './report.logic.ts';

const status = {
  host: 'somebodys-machine',
  user: 'somebody',
  version: '1.2.3',
  pid: 4711,
  startedAt: new Date(2026, 2, 1, 14, 5).getTime(),
  address: 'http://127.0.0.1:4711',
  dataFolder: '/home/somebody/data',
  logFile: '/home/somebody/data/logs/drover.log',
  seq: 42,
  tasks: { draft: 0, queued: 0, running: 2, completed: 5, failed: 0, cancelled: 0 },
  needsYou: 1,
};

it('says what helps, and nothing about who and where', () => {
  const report = reportOf({ status, platform: 'linux', browser: 'Mozilla/5.0', now: status.startedAt + 60_000 });
  expect(report.split('\n').slice(0, 7)).toEqual([
    'Drover 1.2.3',
    'Shown in: the desktop app on linux',
    'Page: Mozilla/5.0',
    'Running since: 2026-03-01 14:05',
    'Tasks: 2 running, 5 completed',
    'Events: 42',
    'Report made: 2026-03-01 14:06',
  ]);
  expect(report).not.toMatch(/somebody|127\.0\.0\.1|4711/);
});
