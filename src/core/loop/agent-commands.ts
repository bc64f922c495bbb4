import type { Task } from '../../contract/task/state.ts';
import { quoteCommand, splitCommand } from '../../contract/words/argv.ts';
import type { JudgeContexts } from '../approvals/judge/context.ts';
import { judge } from '../approvals/judge/judge.ts';
import { ownCommand } from '../approvals/judge/own-command.ts';
import type { ToolAnswer, ToolQuestion } from '../backends/backend.ts';
import type { JudgeCommand } from '../tools/checklist.ts';

/** The approval channel of a run, which also tells whether a person has answered. */
export type AskOfRun = (question: ToolQuestion) => Promise<{ answer: ToolAnswer; byPerson: boolean }>;

/**
 * Commands that an agent wants Drover to run for it: each is judged as one of the agent's own, by the channel of the run
 * while there is one.
 */
export interface AgentCommands {
  judgeCommand: JudgeCommand;
  /** The channel of a run that begins; the function that is returned ends it. */
  register(taskId: string, ask: AskOfRun): () => void;
}

export function createAgentCommands(contexts: Pick<JudgeContexts, 'of'>): AgentCommands {
  const running = new Map<string, { ask: AskOfRun; over: AbortSignal }>();

  /** Nobody waits for an answer: what would have to be asked is refused. */
  function judgeAlone(task: Task, input: { command: string }): { answer: ToolAnswer; byPerson: boolean } {
    const grounds = contexts.of(task, task.workspace?.path ?? '');
    const { decision, words } = judge({ call: ownCommand(input), blockedPath: null }, grounds);
    const answer: ToolAnswer = decision === 'allow' ? { decision } : { decision: 'deny', words };
    return { answer, byPerson: false };
  }

  return {
    async judgeCommand(task, command, purpose) {
      const input = { command: quoteCommand(command) };
      const run = running.get(task.id);
      const { answer, byPerson } = run
        ? await run.ask({
            callId: null,
            call: ownCommand(input),
            input,
            blockedPath: null,
            reason: null,
            purpose,
            signal: run.over,
          })
        : judgeAlone(task, input);
      if (answer.decision !== 'allow') return { ok: false, words: answer.words };
      if (!answer.input) return { ok: true, command, byPerson };
      const changed = splitCommand(String(answer.input.command ?? ''));
      return changed.ok ? { ok: true, command: changed.argv, byPerson } : { ok: false, words: changed.problem };
    },
    register(taskId, ask) {
      const over = new AbortController();
      const entry = { ask, over: over.signal };
      running.set(taskId, entry);
      return () => {
        if (running.get(taskId) === entry) running.delete(taskId);
        over.abort('ended');
      };
    },
  };
}
