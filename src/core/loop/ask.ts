import { briefCall } from '../../contract/run/brief-call.ts';
import { fileUse } from '../../contract/run/tool-call.ts';
import type { Task } from '../../contract/task/state.ts';
import { describe } from '../approvals/describe.ts';
import { filesOf } from '../approvals/judge/files.ts';
import { type JudgeContext, type Judgement, judge } from '../approvals/judge/judge.ts';
import { approvalKindOf } from '../approvals/judge/kind.ts';
import type { OpenQuestions } from '../approvals/open-questions.ts';
import type { ToolAnswer, ToolQuestion, UnaskedCall } from '../backends/backend.ts';
import { createId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import { MAX_BLOB_BYTES } from '../log/log.ts';
import type { AskOfRun } from './agent-commands.ts';
import { NotRecorded } from './held-events.ts';
import type { Recorder } from './recorder.ts';
import { createShownChecks } from './shown-checks.ts';

/** What the calls of a task are judged by, now. */
export type JudgeContextOf = (task: Task) => JudgeContext;

/** The run that asks. */
export interface ChannelOfRun {
  runId: string;
  recorder: Recorder;
  logger: Pick<Logger, 'error'>;
  /** Stops the clocks until the function that is answered is called. */
  hold(): () => void;
  /** The log cannot be written: the run must end. */
  broken(error: NotRecorded): void;
  /** Aborted when the run is to stop. */
  halt: AbortSignal;
}

interface Deps extends ChannelOfRun {
  openQuestions: OpenQuestions;
  context: JudgeContextOf;
  /** A rule has answered. */
  ruleUsed(ruleId: string): void;
}

/** Where a run asks. Whatever goes wrong on the way is a denial. */
export interface AskChannel {
  ask(question: ToolQuestion): Promise<ToolAnswer>;
  /** The same, and tells whether a person has answered. */
  askAnyway: AskOfRun;
  /** Records what was carried out without permission; returns whether it would have had it. */
  unasked(call: UnaskedCall): boolean;
}

const DENIED = {
  decision: 'deny',
  words: 'Nobody could be asked, so this is not allowed. Continue without it.',
} as const;

/** Nobody could look at all of it, and the log would not have all of it. */
const TOO_LONG = {
  by: 'drover',
  ruleId: null,
  words: `Its input is longer than ${MAX_BLOB_BYTES / 1024 / 1024} MB, so nobody could see all of it.`,
  agentWords: `This was not allowed, because its input is longer than ${MAX_BLOB_BYTES / 1024 / 1024} MB. Do it in smaller parts.`,
};

const ANSWERED_THERE = 'You answered in the terminal of the agent.';
const THERE = { by: 'user', from: 'terminal' } as const;

const SHOWN = {
  by: 'user',
  ruleId: null,
  words: 'You allowed the command that adds the item with this check.',
  agentWords: '',
} as const;

/**
 * The approval channel of a run. A question is judged; what a person has to answer is stored before anything else
 * happens, and waits without an end. Whatever goes wrong on the way is a denial.
 */
export function createAsk(deps: Deps): AskChannel {
  const { runId, recorder, openQuestions, logger, context, ruleUsed, hold, broken, halt } = deps;
  const checks = createShownChecks(recorder.task().id);

  async function ask(question: ToolQuestion): Promise<Answered> {
    if (halt.aborted || question.signal.aborted) return unattended(DENIED);
    const task = recorder.task();
    const grounds = context(task);
    const judgement = judge(question, grounds);
    const { title } = describe(question, grounds);
    const text = JSON.stringify(question.input);
    if (isPlainReading(question, judgement, grounds)) return unattended({ decision: 'allow' });
    if (question.own && judgement.decision === 'ask' && judgement.by !== 'rule') {
      return unattended({ decision: 'allow' });
    }
    if (judgement.decision !== 'ask') {
      return unattended(await settleAtOnce(question, judgement, judgement.decision, title, text));
    }
    // Whoever allowed the command that shows this very check has answered for it.
    const isForCheck = question.purpose !== undefined && judgement.by === 'autonomy';
    if (isForCheck && checks.take(commandOf(question))) {
      return { answer: await settleAtOnce(question, SHOWN, 'allow', title, text), byPerson: true };
    }
    if (Buffer.byteLength(text) > MAX_BLOB_BYTES) {
      return unattended(await settleAtOnce(question, TOO_LONG, 'deny', title, text));
    }

    const approvalId = createId('q');
    const kind = approvalKindOf(question.call);
    recorder.record({
      type: 'approval.requested',
      runId,
      approvalId,
      callId: question.callId,
      kind,
      tool: question.call.title,
      call: briefCall(question.call),
      title,
      input: recorder.keep(text),
      folder: task.workspace?.path ?? '',
      reason: reasonOf(judgement, question),
    });
    const goOn = hold();
    // Who hears of it may answer at once.
    const waiting = openQuestions.wait({ approvalId, taskId: task.id, runId, kind, question });
    question.asksPerson?.();
    let unwatch = () => {};
    try {
      if (recorder.isHolding) await recorder.written();
      unwatch = watchEnd(approvalId, question.signal);
      const answered = await waiting;
      if (answered.byPerson && answered.answer.decision === 'allow' && isOfAgent(question)) {
        const { input } = answered.answer;
        checks.allowed(input ? input[question.call.field ?? ''] : commandOf(question));
      }
      return answered;
    } finally {
      openQuestions.answer(approvalId, DENIED, 'drover');
      unwatch();
      goOn();
    }
  }

  async function settleAtOnce(
    question: ToolQuestion,
    { by, ruleId, words, agentWords }: Pick<Judgement, 'ruleId' | 'words' | 'agentWords'> & { by: string },
    decision: 'allow' | 'deny',
    title: string,
    text: string,
  ): Promise<ToolAnswer> {
    recorder.record({
      type: 'approval.settled',
      runId,
      approvalId: createId('q'),
      callId: question.callId,
      tool: question.call.title,
      call: briefCall(question.call),
      title,
      input: recorder.keep(text),
      decision,
      by: by === 'drover' || by === 'user' ? by : ruleId === null ? 'autonomy' : 'rule',
      from: null,
      scope: null,
      ruleId,
      words,
      edited: null,
    });
    if (recorder.isHolding) await recorder.written();
    if (ruleId !== null) ruleUsed(ruleId);
    return decision === 'allow' ? { decision } : { decision, words: agentWords };
  }

  /** Settles the question when nobody waits for its answer any more. */
  function watchEnd(approvalId: string, asked: AbortSignal): () => void {
    const settle = (
      decision: 'expired' | 'withdrawn' | 'unasked' | 'allow' | 'deny',
      words: string,
      who: { by: 'drover'; from: null } | { by: 'user'; from: 'terminal' } = { by: 'drover', from: null },
    ) => {
      const nothing = { scope: null, ruleId: null, edited: null };
      recorder.dispatch({ type: 'approval.settle', approvalId, decision: { decision, words, ...who, ...nothing } });
      // Settled before, or it could not be stored: nothing may happen in either case.
      openQuestions.answer(approvalId, DENIED, 'drover');
    };
    const onAsked = () => {
      if (asked.reason === 'ended') settle('expired', 'The agent ended before anyone answered.');
      else if (asked.reason === 'unasked') settle('unasked', 'It was carried out although nobody had answered.');
      else if (asked.reason === 'allowed') settle('allow', ANSWERED_THERE, THERE);
      else if (asked.reason === 'denied') settle('deny', ANSWERED_THERE, THERE);
      else settle('withdrawn', 'The agent withdrew the request.');
    };
    const onHalt = () => settle('expired', 'Not run: the run was ended before anyone answered.');
    asked.addEventListener('abort', onAsked, { once: true });
    halt.addEventListener('abort', onHalt, { once: true });
    if (asked.aborted) onAsked();
    else if (halt.aborted) onHalt();
    return () => {
      asked.removeEventListener('abort', onAsked);
      halt.removeEventListener('abort', onHalt);
    };
  }

  function unasked({ callId, call, input, wasAsked, words }: UnaskedCall): boolean {
    const tool = call.title;
    try {
      const grounds = context(recorder.task());
      const made = { call, input, blockedPath: null };
      const passes = !wasAsked && judge(made, grounds).decision === 'allow';
      if (passes) return true;
      if (!wasAsked) {
        recorder.record({
          type: 'approval.settled',
          runId,
          approvalId: createId('q'),
          callId,
          tool,
          call: briefCall(call),
          title: describe(made, grounds).title,
          input: recorder.keep(JSON.stringify(input)),
          decision: 'unasked',
          by: 'drover',
          from: null,
          scope: null,
          ruleId: null,
          words,
          edited: null,
        });
      }
      recorder.record({ type: 'notice.recorded', runId, level: 'error', code: 'unasked', words });
    } catch (error) {
      logger.error('a call that nobody allowed could not be recorded', { tool, error: String(error) });
      if (error instanceof NotRecorded) broken(error);
    }
    return false;
  }

  /** Whatever goes wrong is a denial. */
  async function askAnyway(question: ToolQuestion): Promise<Answered> {
    try {
      return await ask(question);
    } catch (error) {
      logger.error('a question of the agent could not be asked and is denied', {
        tool: question.call.title,
        error: String(error),
      });
      if (error instanceof NotRecorded) broken(error);
      return unattended(DENIED);
    }
  }

  return {
    unasked,
    ask: async (question) => (await askAnyway(question)).answer,
    askAnyway,
  };
}

type Answered = Awaited<ReturnType<AskOfRun>>;

const unattended = (answer: ToolAnswer): Answered => ({ answer, byPerson: false });

/** A command that the agent runs, rather than one that Drover would run for it. */
function isOfAgent({ call, purpose }: ToolQuestion): boolean {
  return call.kind === 'command' && call.command !== null && purpose === undefined;
}

/** The command of a call; null where it has none that can be read. */
function commandOf({ call }: ToolQuestion): string | null {
  return call.kind === 'command' ? call.command : null;
}

/** What an agent does all the time and nobody has to answer for: it is not recorded as judged. */
function isPlainReading(question: ToolQuestion, judgement: Judgement, grounds: JudgeContext) {
  if (judgement.decision !== 'allow' || judgement.by !== 'autonomy' || fileUse(question.call.kind) !== 'read')
    return false;
  const files = filesOf(question, grounds);
  return typeof files !== 'string' && files.every(({ zone }) => zone === 'inside');
}

function reasonOf({ by, words, ruleId, protects }: Judgement, { reason, purpose }: ToolQuestion) {
  const said = by === 'agent' && reason ? `${words} ${reason}`.trim() : words;
  const why = purpose === undefined ? said : `${purpose} ${said}`.trim();
  return { by, words: why, ruleId, protects };
}
