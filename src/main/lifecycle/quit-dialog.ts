import { dialog } from 'electron';
import type { QuitAnswer } from './quit.ts';
import { quitQuestion, type Unfinished } from './quit-question.ts';

/** Asks what is to happen to the tasks that are not over. Closing the question leaves everything as it is. */
export async function askBeforeQuit(unfinished: readonly Unfinished[], hasTray: boolean): Promise<QuitAnswer> {
  const { message, detail, buttons } = quitQuestion(unfinished, { hasTray });
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Quit Drover',
    message,
    detail,
    buttons: buttons.map(({ label }) => label),
    defaultId: 0,
    // None of them: Escape answers nothing.
    cancelId: buttons.length,
    noLink: true,
  });
  return buttons[response]?.answer ?? 'cancel';
}
