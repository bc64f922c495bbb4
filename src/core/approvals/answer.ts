import type { Autonomy } from '../../contract/agent/state.ts';
import type { ApprovalAnswer, ApprovalKind } from '../../contract/approval/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { ToolCall } from '../../contract/run/tool-call.ts';
import { AUTONOMY_WORDS } from '../../contract/words/autonomy.ts';
import type { ToolAnswer } from '../backends/backend.ts';

/** What a person's answer means: for the agent, for the log, and for the task. */
export interface Meaning {
  decision: 'allow' | 'deny';
  scope: 'once' | 'task' | 'project' | null;
  /** For the log: what the person said. */
  words: string;
  /** What takes the place of the agent's input; null when it stays. */
  edited: Record<string, unknown> | null;
  /** How far the agent may go from now on; undefined: as before. */
  autonomy: Autonomy | undefined;
  stop: boolean;
  toolAnswer: ToolAnswer;
}

interface Asked {
  kind: ApprovalKind;
  call: ToolCall;
  input: Record<string, unknown>;
  /** Of the task, now. */
  autonomy: Autonomy;
  /** What the call is with another input. */
  callWith(input: Record<string, unknown>): ToolCall;
}

const ANOTHER_WAY =
  'Do not reach for the same by another way. Continue without it, or report the item as blocked and say what you need.';

/** Reads an answer as one to what was asked; refused where it does not fit. Pure. */
export function readAnswer(answer: ApprovalAnswer, asked: Asked): Result<Meaning> {
  if (answer.type === 'deny') return accept(readDenial(answer, asked));
  if (answer.type === 'reply') return readReply(answer.answers, asked);
  return readLeave(answer, asked);
}

function readDenial(answer: Extract<ApprovalAnswer, { type: 'deny' }>, { kind, call }: Asked): Meaning {
  const said = answer.words?.trim() ?? '';
  const stop = answer.stop ?? false;
  const words = {
    tool: `The user does not allow this${said ? `, and says: ${said}\n` : '. '}${ANOTHER_WAY}`,
    plan: lacksPlan(call)
      ? `You asked for a plan to be approved and sent none${said ? `. The user says: ${said}\n` : '. '}Write the plan, change nothing else, and ask again with the whole text of the plan.`
      : `The user does not approve this plan yet${said ? `, and says: ${said}\n` : '. '}Continue planning, change nothing, and show the plan again.`,
    question: `The user does not answer this${said ? `, and says: ${said}\n` : '. '}Decide by yourself where the goal leaves room, or report the item as blocked with your question.`,
  }[kind];
  const toolAnswer: ToolAnswer = { decision: 'deny', words, ...(stop ? { stop } : {}) };
  return { decision: 'deny', scope: null, words: said, edited: null, autonomy: undefined, stop, toolAnswer };
}

function readReply(answers: Record<string, string | string[]>, { call, input }: Asked): Result<Meaning> {
  const questions = call.kind === 'question' ? (call.questions ?? []) : [];
  if (questions.length === 0) {
    return reject('invalid', 'The agent has not asked a question: allow or deny it.', ['allow', 'deny']);
  }
  const known = questions.map(({ question }) => question);
  const unknown = Object.keys(answers).find((question) => !known.includes(question));
  if (unknown !== undefined) return reject('invalid', `The agent has not asked “${unknown}”.`, known);
  const chosen = new Map<string, string>();
  for (const { question, multiSelect } of questions) {
    const given = Object.hasOwn(answers, question) ? answers[question] : undefined;
    const said = (Array.isArray(given) ? given : given === undefined ? [] : [given]).filter((one) => one.trim());
    if (said.length > 1 && !multiSelect) return reject('invalid', `“${question}” has one answer, not several.`);
    if (said.length > 0) chosen.set(question, said.join(', '));
  }
  if (chosen.size === 0) return reject('invalid', 'Answer at least one of the questions, or deny it.', known);
  const said = Object.fromEntries(chosen);
  const words = [...chosen].map(([question, answer]) => `${question} ${answer}`);
  return accept({
    ...allowed({ edited: { ...input, answers: said }, words: words.join('\n'), scope: 'once' }),
    toolAnswer: { decision: 'allow', answers: said },
  });
}

function readLeave(answer: Extract<ApprovalAnswer, { type: 'allow' }>, asked: Asked): Result<Meaning> {
  const { kind, autonomy: before } = asked;
  const { scope, pattern, input = null, autonomy } = answer;
  if (kind === 'question') {
    return reject('invalid', 'The agent has asked a question: answer it, or deny it.', ['reply', 'deny']);
  }
  if (kind === 'plan' && scope !== 'once')
    return reject('invalid', 'A plan is approved once; there is no rule for it.');
  if (pattern !== undefined && scope === 'once') {
    return reject('invalid', 'A pattern makes a rule: say whether it is for the task or the project.', [
      'task',
      'project',
    ]);
  }
  if (kind !== 'plan') {
    if (autonomy === undefined) return accept(allowed({ edited: input, words: '', scope }));
    return reject('invalid', 'The mode is chosen when a plan is approved.');
  }
  if (lacksPlan(input === null ? asked.call : asked.callWith(input))) {
    const words =
      'The agent sent no plan, so there is nothing to approve. Deny it, and the agent is asked for the plan.';
    return reject('invalid', words, ['deny']);
  }
  if (autonomy === 'plan') {
    return reject('invalid', 'Choose the mode after the plan: ask, edit or auto.', ['ask', 'edit', 'auto']);
  }
  // Somebody who only says yes has not said more than that what is planned may be asked for.
  const next = autonomy ?? (before === 'plan' ? 'ask' : before);
  return accept(
    allowed({ edited: input, words: `Continues in ${AUTONOMY_WORDS[next].label} mode.`, scope, autonomy: next }),
  );
}

function lacksPlan(call: ToolCall): boolean {
  return call.kind !== 'plan' || call.plan === null;
}

function allowed({
  edited,
  words,
  scope,
  autonomy,
}: Pick<Meaning, 'edited' | 'words' | 'scope'> & { autonomy?: Autonomy }): Meaning {
  const toolAnswer: ToolAnswer = {
    decision: 'allow',
    ...(edited ? { input: edited } : {}),
    ...(autonomy ? { autonomy } : {}),
  };
  return { decision: 'allow', scope, words, edited, autonomy, stop: false, toolAnswer };
}
