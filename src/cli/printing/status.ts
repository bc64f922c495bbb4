import type { PauseState } from '../../contract/pause/state.ts';
import type { SystemStatus } from '../../contract/system/state.ts';
import { ago, duration, plural } from '../../contract/words/measure.ts';
import { describePause } from '../../contract/words/pause.ts';
import { safeLine } from './sanitise.ts';
import { fields } from './table.ts';
import type { View } from './view.ts';

/** `startedBy`: the unit by which systemd starts Drover at login; null where it does not. */
export function statusLines(view: View, status: SystemStatus, pause: PauseState, startedBy: string | null): string[] {
  const tasks = Object.entries(status.tasks)
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${n} ${name}`);
  return [
    `Drover ${safeLine(status.version)} is running.`,
    '',
    ...fields(view, [
      ['Address', safeLine(status.address)],
      ['Process', `${status.pid}, for ${duration(view.now - status.startedAt)}`],
      ['Works', status.background ? 'in the background, without the window' : null],
      ['At login', startedBy === null ? null : `systemd starts it (${safeLine(startedBy)})`],
      ['Tasks', tasks.join(', ') || 'none'],
      ['Needs you', status.needsYou > 0 ? plural(status.needsYou, 'task') : 'nothing'],
      [
        'Paused',
        pause.paused && pause.since ? `${describePause(pause.since)}, ${ago(pause.since.at, view.now)}` : null,
      ],
      ['Data', safeLine(status.dataFolder)],
      ['Log file', safeLine(status.logFile)],
    ]),
  ];
}
