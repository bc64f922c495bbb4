import type { ApprovalKind } from '../../contract/approval/state.ts';
import type { ToolAnswer, ToolQuestion } from '../backends/backend.ts';
import type { Hub } from '../log/hub.ts';

/** A question that an agent of this host waits on now. */
export interface OpenQuestion {
  approvalId: string;
  taskId: string;
  runId: string;
  kind: ApprovalKind;
  question: ToolQuestion;
}

export interface QuestionAnswer {
  answer: ToolAnswer;
  byPerson: boolean;
}

/**
 * The questions that agents of this host wait on, each under an id of its own. Only such a question can be answered, and
 * once: what the log says is pending, but nobody waits on, is out of reach.
 */
export interface OpenQuestions {
  /** Resolves with the answer. Without one it is a denial, as soon as the log says that the question is over. */
  wait(question: OpenQuestion): Promise<QuestionAnswer>;
  get(approvalId: string): OpenQuestion | null;
  all(): OpenQuestion[];
  /**
   * Gives the answer to the agent; `by` says whose it is. To be called after it was stored; false when nobody waits on
   * it any more.
   */
  answer(approvalId: string, answer: ToolAnswer, by: 'person' | 'drover'): boolean;
}

export function createOpenQuestions(hub: Pick<Hub, 'listen'>): OpenQuestions {
  const open = new Map<string, { question: OpenQuestion; resolve(answer: QuestionAnswer): void }>();

  function answer(approvalId: string, given: ToolAnswer, by: 'person' | 'drover'): boolean {
    const found = open.get(approvalId);
    if (!found) return false;
    open.delete(approvalId);
    found.resolve({ answer: given, byPerson: by === 'person' });
    return true;
  }

  hub.listen(({ event }) => {
    if (event.type !== 'approval.settled' || event.approvalId === undefined) return;
    const over = event.decision === 'expired' || event.decision === 'withdrawn';
    if (over) answer(event.approvalId, { decision: 'deny', words: event.words }, 'drover');
  });

  return {
    wait: (question) => new Promise((resolve) => open.set(question.approvalId, { question, resolve })),
    get: (approvalId) => open.get(approvalId)?.question ?? null,
    all: () => [...open.values()].map(({ question }) => question),
    answer,
  };
}
