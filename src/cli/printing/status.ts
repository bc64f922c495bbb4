import type { SystemStatus } from '../../contract/api.ts';
import { duration } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { fields } from './table.ts';
import type { View } from './view.ts';

export function statusLines(view: View, status: SystemStatus): string[] {
  const tasks = Object.entries(status.tasks)
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${n} ${name}`);
  return [
    `Drover ${safeLine(status.version)} is running.`,
    '',
    ...fields(view, [
      ['Address', safeLine(status.address)],
      ['Process', `${status.pid}, for ${duration(view.now - status.startedAt)}`],
      ['Tasks', tasks.join(', ') || 'none'],
      ['Data', safeLine(status.dataFolder)],
      ['Log file', safeLine(status.logFile)],
    ]),
  ];
}
