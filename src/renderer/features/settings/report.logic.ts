import type { SystemStatus } from '../../../contract/system/state.ts';
import { dateTime } from '../../../contract/words/measure.ts';

export interface ReportFacts {
  status: Pick<SystemStatus, 'version' | 'startedAt' | 'tasks' | 'seq'>;
  /** Such as `linux`; null in a browser. */
  platform: string | null;
  /** What the page is shown by, as it says itself. */
  browser: string;
  now: number;
}

/** What helps whoever looks into a problem. Nothing that says who or where somebody is: no path, address, title or token. */
export function reportOf({ status, platform, browser, now }: ReportFacts): string {
  const tasks = Object.entries(status.tasks)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  return [
    `Drover ${status.version}`,
    `Shown in: ${platform === null ? 'a browser' : `the desktop app on ${platform}`}`,
    `Page: ${browser.replace(/[^\x20-\x7e]/g, '').slice(0, 300)}`,
    `Running since: ${dateTime(status.startedAt)}`,
    `Tasks: ${tasks.join(', ') || 'none'}`,
    `Events: ${status.seq}`,
    `Report made: ${dateTime(now)}`,
    '',
    'What happened:',
    'What was expected:',
  ].join('\n');
}
