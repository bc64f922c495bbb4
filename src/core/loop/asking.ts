import type { Project } from '../../contract/project/state.ts';
import type { JudgeContexts } from '../approvals/judge/context.ts';
import type { OpenQuestions } from '../approvals/open-questions.ts';
import type { AgentCommands } from './agent-commands.ts';
import { type AskChannel, type ChannelOfRun, createAsk, type JudgeContextOf } from './ask.ts';

interface Deps {
  openQuestions: OpenQuestions;
  contexts: JudgeContexts;
  agentCommands: Pick<AgentCommands, 'register'>;
  /** A rule has answered. */
  ruleUsed(ruleId: string): void;
  /** What a run has asked, in words, and nobody has answered. */
  unanswered(runId: string): string[];
}

/** How runs ask for permission. */
export interface Asking extends Pick<Deps, 'unanswered'> {
  /** Looks at a project's repository; to be called before a run, because judging does not wait. */
  prepare(project: Project): Promise<void>;
  /** The approval channel of a run, which also takes the commands that its agent has Drover run, until it is closed. */
  open(run: ChannelOfRun): Pick<AskChannel, 'ask' | 'unasked'> & { close(): void };
}

export function createAsking({ openQuestions, contexts, agentCommands, ruleUsed, unanswered }: Deps): Asking {
  return {
    unanswered,
    prepare: contexts.prepare,
    open(run) {
      // Without a workspace everything is denied.
      const context: JudgeContextOf = (task) => contexts.of(task, task.workspace?.path ?? '');
      const channel = createAsk({ ...run, openQuestions, ruleUsed, context });
      const close = agentCommands.register(run.recorder.task().id, channel.askAnyway);
      return { ask: channel.ask, unasked: channel.unasked, close };
    },
  };
}
