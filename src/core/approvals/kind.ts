import type { AgentQuestion, ApprovalKind } from '../../contract/approval/state.ts';

/** What a call of a tool asks for, by the names that agents use; a call that cannot be read as such is a tool call. */
export function kindOf(tool: string, input: Record<string, unknown>): ApprovalKind {
  const kind = kindOfTool(tool);
  return kind === 'question' && readQuestions(input) === null ? 'tool' : kind;
}

export function kindOfTool(tool: string): ApprovalKind {
  if (tool === 'ExitPlanMode') return 'plan';
  return tool === 'AskUserQuestion' ? 'question' : 'tool';
}

/** The text of a plan; null where there is none to read. */
export function readPlan({ plan }: Record<string, unknown>): string | null {
  return typeof plan === 'string' && plan.trim() !== '' ? plan : null;
}

/** The questions in the input of such a call; null where there is none, or one that is not well formed. */
export function readQuestions(input: Record<string, unknown>): AgentQuestion[] | null {
  const { questions } = input;
  if (!Array.isArray(questions) || questions.length === 0) return null;
  const read = questions.map(readQuestion);
  return read.every((one) => one !== null) ? read : null;
}

function readQuestion(value: unknown): AgentQuestion | null {
  if (typeof value !== 'object' || value === null) return null;
  const { question, header, multiSelect, options } = value as Record<string, unknown>;
  if (typeof question !== 'string' || question === '') return null;
  const read = (Array.isArray(options) ? options : []).flatMap((option: unknown) => {
    if (typeof option !== 'object' || option === null) return [];
    const { label, description } = option as Record<string, unknown>;
    return typeof label === 'string'
      ? [{ label, description: typeof description === 'string' ? description : '' }]
      : [];
  });
  return {
    question,
    header: typeof header === 'string' ? header : '',
    multiSelect: multiSelect === true,
    options: read,
  };
}
