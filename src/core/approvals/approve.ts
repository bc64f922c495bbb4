import type { Autonomy } from '../../contract/agent/state.ts';
import type { ToolAnswer, ToolQuestion } from '../backends/backend.ts';
import { answerByAutonomy } from './autonomy.ts';
import { realPathOf } from './paths.ts';

/** Answers the questions of one task's agent. */
export type Approve = (question: ToolQuestion, task: { autonomy: Autonomy; workspace: string }) => ToolAnswer;

/**
 * Answers by the autonomy of the task; what would need a person is denied with a reason for the agent. `dataFolder` and
 * `home` are absolute.
 */
export function createApprove({ dataFolder, home }: { dataFolder: string; home: string }): Approve {
  const real = (folder: string) => realPathOf(folder) ?? folder;
  const grounds = { dataFolder: real(dataFolder), home: real(home), realpath: (path: string) => realPathOf(path) };
  return (question, { autonomy, workspace }) => {
    const answer = answerByAutonomy(question, { ...grounds, autonomy, workspace: real(workspace) });
    return answer.decision === 'allow' ? { decision: 'allow' } : { decision: 'deny', words: answer.words };
  };
}
