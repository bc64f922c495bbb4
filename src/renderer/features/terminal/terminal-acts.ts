import type { Client } from '../../../contract/client.ts';
import { isRejection } from '../../../contract/rejection.ts';
import type { Terminal } from '../../../contract/terminal/state.ts';
import { actOnce, wordsOf } from '../../state/act.ts';
import { notifyProblem } from '../../ui/notify.ts';
import { askToEnd } from './ask.tsx';
import { labels } from './labels.ts';

/** Closes a terminal; where a program runs in it, a person says first whether it may be ended. */
export function closeTerminal(client: Client, { id, name, ofAgent }: Terminal): Promise<void> {
  const close = (force: boolean) => client.terminals.close({ terminalId: id, force });
  return unlessBusy(close, ofAgent ? null : { title: labels.closeTitle(name), anyway: labels.closeAnyway });
}

/** Begins a new shell below the old screen, with the same question. */
export function restartTerminal(client: Client, { id, name, ofAgent }: Terminal): Promise<void> {
  const restart = (force: boolean) => client.terminals.restart({ terminalId: id, force });
  return unlessBusy(restart, ofAgent ? null : { title: labels.restartTitle(name), anyway: labels.restartAnyway });
}

/** Without a question, what is refused is told: the program of an agent is not ended from here. */
async function unlessBusy(
  call: (force: boolean) => Promise<unknown>,
  question: { title: string; anyway: string } | null,
): Promise<void> {
  try {
    await call(false);
  } catch (error) {
    const data = (error as { data?: unknown } | null)?.data;
    if (question === null || !isRejection(data) || data.code !== 'wrong-state') notifyProblem(wordsOf(error));
    else askToEnd(question.title, data.message, question.anyway, () => void actOnce(() => call(true)));
  }
}
