import { plural } from '../../contract/words/measure.ts';
import type { QuitAnswer } from './quit.ts';

/** A task that is not over. */
export interface Unfinished {
  title: string;
  /** Else it waits in the queue. */
  running: boolean;
}

export interface QuitQuestion {
  message: string;
  detail: string;
  buttons: readonly { answer: QuitAnswer; label: string }[];
}

const LONGEST_TITLE = 60;
const MOST_NAMED = 3;

/** What is asked when somebody quits while tasks are not over. `hasTray`: whether Drover can be reached without a window. */
export function quitQuestion(unfinished: readonly Unfinished[], { hasTray }: { hasTray: boolean }): QuitQuestion {
  const [first] = unfinished;
  const one = unfinished.length === 1 && first !== undefined;
  const running = unfinished.filter((task) => task.running).length;
  const it = one ? 'it' : 'they';
  return {
    message: one
      ? `${quoted(first.title)} is still ${first.running ? 'running' : 'in the queue'}`
      : `${plural(unfinished.length, 'task')} are still ${running === 0 ? 'in the queue' : running === unfinished.length ? 'running' : 'running or in the queue'}`,
    detail: [...(one ? [] : [named(unfinished)]), `If you stop now, ${it} will resume when Drover starts again.`].join(
      '\n\n',
    ),
    buttons: [
      hasTray
        ? { answer: 'background', label: 'Keep running in the background' }
        : { answer: 'cancel', label: 'Keep Drover open' },
      { answer: 'when-done', label: 'Quit when done' },
      { answer: 'stop', label: 'Stop and quit' },
    ],
  };
}

function named(tasks: readonly Unfinished[]): string {
  const titles = tasks.slice(0, MOST_NAMED).map(({ title }) => quoted(title));
  const more = tasks.length - titles.length;
  return [...titles, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function quoted(title: string): string {
  const short = title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : title;
  return `“${short}”`;
}
