import { dialog } from 'electron';
import type { QuitAnswer } from './quit.ts';

const ANSWERS: readonly QuitAnswer[] = ['stop', 'when-done', 'cancel'];

/** Asks what is to happen to the tasks that are under way. */
export async function askBeforeQuit(underWay: number): Promise<QuitAnswer> {
  const one = underWay === 1;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: one ? 'A task is still running' : `${underWay} tasks are still running`,
    detail: `If you stop ${one ? 'it' : 'them'} now, ${one ? 'it resumes' : 'they resume'} when Drover is started again.`,
    buttons: ['Stop and quit', `Quit when ${one ? 'it is' : 'they are'} done`, 'Cancel'],
    defaultId: 1,
    cancelId: 2,
    noLink: true,
  });
  return ANSWERS[response] ?? 'cancel';
}
