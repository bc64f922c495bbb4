import type { Attachment } from '../../contract/attachment/state.ts';
import type { CheckpointKind } from '../../contract/checkpoint/state.ts';
import type { PromptKind, RunEvent } from '../../contract/run/events.ts';
import type { WorkSize } from '../../contract/run/state.ts';
import { NO_USAGE } from '../../contract/run/usage.ts';
import type { Task, TaskOutcome } from '../../contract/task/state.ts';
import type { AgentSession, BackendFailure, TurnResult } from '../backends/backend.ts';
import { handOver, type Meanwhile } from './hand-over.ts';
import type { Work, WorkChange } from './meanwhile.ts';
import { firstPrompt, messagesPrompt, type Prompt, plainPrompt, returnedPrompt, withGoal } from './next-prompt.ts';
import { openOrNew } from './open-or-new.ts';
import { NoAnswer } from './open-session.ts';
import * as prompts from './prompts.ts';
import { type Cut, RESUME_HINT, reachVerdict, type Verdict } from './verdict.ts';

/** How a run ended; `queued`: without an outcome, and its session continues when the task comes to its turn again. */
export type RunEnd =
  | { status: 'completed' | 'failed'; outcome: TaskOutcome; size?: WorkSize }
  | { status: 'queued'; words: string };

export interface CheckResult {
  ok: boolean;
  command: readonly string[];
  exitCode: number | null;
  output: string;
}

export interface TurnOver {
  result: TurnResult;
  cut: Cut | null;
  answered: boolean;
  progressed: boolean;
}

const FOLLOW_UP = 'The user has sent a message.';

const IN_ORDER = { result: 'ok', error: null, cause: null } as const;

/** In place of a turn, where a person begins. */
const NOTHING_ASKED: TurnOver = {
  result: { ...IN_ORDER, usage: NO_USAGE, costUsd: 0, retryAfterMs: null },
  cut: null,
  answered: true,
  progressed: true,
};

/** A limit that lasts longer is not waited out with a slot and a process. */
const LONG_LIMIT_MS = 60_000;

/** So often a run goes on in a new session because the conversation was full. */
const MAX_RENEWALS = 5;

/** What the loop needs; it knows neither SQLite nor any agent. Every call rejects with `Stopped` once the run is to stop. */
export interface ConductPorts {
  runId: string;
  task(): Task;
  record(...events: RunEvent[]): void;
  /** Makes the workspace, or enters the one of an earlier run. Returns a message when it cannot. */
  enterWorkspace(): Promise<{ ok: true } | { ok: false; words: string }>;
  /**
   * Starts the agent, continuing the session of the task where `resume`; `person`: in a terminal, for whom has taken it
   * over. Throws `BackendFailure`.
   */
  openSession(resume: boolean, holder?: 'person'): Promise<AgentSession>;
  /** Lets go of the session, so that a person may continue it; throws `BackendFailure` where that cannot be. */
  releaseSession(session: AgentSession): Promise<void>;
  /** Resolves when the person who has the session has given it back. */
  givenBack(): Promise<void>;
  /** Resolves when the person who has the session wants its program to be opened again, or when `until` aborts. */
  askedAgain(until: AbortSignal): Promise<void>;
  /** Whether the agent of the task runs in a terminal anyway. */
  inTerminal: boolean;
  /** Keeps the files of the workspace as they are now, beside what goes on; `checkpointed` waits for that. */
  beginCheckpoint(kind: CheckpointKind): void;
  checkpointed(): Promise<void>;
  /** How the workspace stands, and what has changed since; null where that cannot be seen. */
  lookAtWork(): Promise<Work | null>;
  workSince(before: Work): Promise<WorkChange | null>;
  /** `progressed`: whether a call of a tool has succeeded since the session was opened. */
  turn(session: AgentSession, prompt: string, images: readonly Attachment[]): Promise<TurnOver>;
  /** Looks whether the workspace is still there; the outcome when it is not. */
  lost(): Promise<TaskOutcome | null>;
  /** The conversation takes no more: the next session is a new one. */
  leaveSession(words: string): void;
  /** Writes down a turn before it begins. */
  requestTurn(kind: PromptKind, prompt: string, messageIds: string[]): void;
  settleTurn(result: TurnResult): void;
  /** Runs the checks one after the other, up to the first that fails; null when there are none. */
  hasChecks(): boolean;
  runChecks(): Promise<CheckResult | null>;
  delay(ms: number, words: string, attempt: number): Promise<void>;
  /** The agent has reached a usage limit, which lifts after `ms`: none of its tasks starts before. */
  limitReached(ms: number, words: string): void;
  /** Commands that seemed to wait for input since the last call, a sentence each. */
  stalled(): string[];
  /** What the agent has asked, in words, and nobody has answered before it was interrupted. */
  unanswered(): string[];
  /** Whether the agent sees our tools over MCP. */
  mcp: boolean;
  /** Whether a text begins with a command of the agent's own. */
  isCommand(text: string): boolean;
  /** Whether the agent takes images with a prompt, in the way in which it runs. */
  images: boolean;
}

/**
 * One run: workspace ready, brief, turn, verdict, nudge, turn, ... outcome. Throws `BackendFailure` when the agent
 * cannot be started. The caller closes the session, however this ends.
 */
export async function conduct(ports: ConductPorts): Promise<RunEnd> {
  const words = { mcp: ports.mcp, images: ports.images, isCommand: ports.isCommand };
  const entered = await ports.enterWorkspace();
  if (!entered.ok) return failed('workspace-failed', entered.words, null);
  ports.beginCheckpoint('start');

  const mode = ports.task().run?.mode;
  let resumed = (mode === 'resume' || mode === 'recovery') && ports.task().sessionId !== null;
  let session: AgentSession | null = null;
  const open = async (resume: boolean): Promise<AgentSession> => {
    const opened = await openOrNew(ports, resume);
    ({ session, resumed } = opened);
    return opened.session;
  };

  const begin = (again: boolean) => ({ task: ports.task(), resumed: again, words, unanswered: ports.unanswered });

  /** What the agent gets, whose session is opened where none is: one that begins anew gets the brief before all else. */
  const readied = async (next: Prompt): Promise<{ session: AgentSession; prompt: Prompt }> => {
    if (session !== null) return { session, prompt: withGoal(next, ports.task(), words) };
    const opened = await open(ports.task().sessionId !== null);
    if (resumed) return { session: opened, prompt: withGoal(next, ports.task(), words) };
    const first = firstPrompt(begin(false));
    const text = next.kind === 'check-failed' ? prompts.join([first.text, next.text]) : first.text;
    return { session: opened, prompt: { ...first, text } };
  };

  // Null: a person begins.
  let prompt: Prompt | null = null;
  if (ports.task().run?.handOver !== 'person') {
    await open(resumed);
    await ports.checkpointed();
    prompt = firstPrompt(begin(resumed));
  }
  let transient = 0;
  let renewals = 0;
  for (;;) {
    await ports.checkpointed();
    let ended = NOTHING_ASKED;
    // Asked for between two turns, it is theirs before the next.
    if (prompt !== null && ports.task().run?.handOver !== 'person') {
      const ready = await readied(prompt);
      const running = ready.session;
      prompt = { ...ready.prompt, text: prompts.withStalls(ready.prompt.text, ports.stalled()) };
      ports.requestTurn(prompt.kind, prompt.text, prompt.messageIds);
      ended = await ports.turn(running, prompt.text, prompt.images);
      ports.settleTurn(ended.result);
      ports.beginCheckpoint('turn');

      if (ended.result.error?.code === 'session-unknown' && resumed) {
        await running.close(0);
        await open(false);
        prompt = firstPrompt(begin(false));
        continue;
      }

      const lost = await ports.lost();
      if (lost) return stopped(ports, lost);
    }

    let meanwhile: Meanwhile | null = null;
    if (ports.task().run?.handOver === 'person') {
      await ports.checkpointed();
      ({ session, meanwhile } = await handOver(ports, session));
      ports.beginCheckpoint('meanwhile');
      if (meanwhile === null && ended === NOTHING_ASKED) {
        prompt ??= firstPrompt(begin(resumed));
        continue;
      }
      const lost = await ports.lost();
      if (lost) return stopped(ports, lost);
    }
    // What the turn came to is no matter any more: the person has seen it, and has worked on.
    const turn = meanwhile === null ? ended : { ...ended, result: { ...ended.result, ...IN_ORDER }, cut: null };

    const progressed = (turn.progressed || resumed) && renewals < MAX_RENEWALS;
    const judge = () => {
      const task = ports.task();
      const retriesSpent = task.run?.retriesSpent ?? 0;
      const facts = { ...turn, progressed, transientBefore: transient, retriesSpent, hasChecks: ports.hasChecks() };
      return { task, retriesSpent, verdict: reachVerdict(task, facts) };
    };
    if (!isLast(judge().verdict)) await ports.checkpointed();
    // Only now, as a person may have written meanwhile: no time passes between the verdict and what it says.
    const { task, retriesSpent, verdict } = judge();
    transient = verdict.decision === 'try-again' && !verdict.reopen ? transient + 1 : 0;
    const spends =
      (verdict.decision === 'nudge' && meanwhile === null) ||
      (verdict.decision === 'try-again' && verdict.reopen === true);
    recordVerdict(ports, verdict, retriesSpent + (spends ? 1 : 0));

    switch (verdict.decision) {
      case 'complete':
        return completed(task);
      case 'blocked':
      case 'retries-spent':
      case 'stop':
        return { status: 'failed', outcome: verdict.outcome };
      case 'follow-up':
      case 'nudge':
        if (meanwhile !== null) {
          if (session === null) await open(task.sessionId !== null);
          prompt = returnedPrompt(begin(resumed), meanwhile);
        } else if (verdict.decision === 'follow-up') prompt = messagesPrompt(task, words);
        else prompt = plainPrompt('nudge', prompts.nudge(task, verdict.open, words));
        break;
      case 'check': {
        const check = await ports.runChecks();
        ports.beginCheckpoint('meanwhile');
        const gone = await ports.lost();
        if (gone) return stopped(ports, gone);
        const passed = check === null || check.ok;
        if (!passed || ports.task().messages.length > 0) await ports.checkpointed();
        const now = ports.task();
        if (passed) {
          if (now.messages.length === 0) return completed(now);
          ports.record(verdictEvent(ports, 'follow-up', FOLLOW_UP));
          prompt = messagesPrompt(now, words);
          break;
        }
        const text = prompts.checkFailed(check.command, check.exitCode, check.output);
        if (retriesSpent >= now.limits.maxRetries) {
          const said = `Every item is completed, but the check \`${check.command.join(' ')}\` still fails.`;
          return failed('check-failed', said, RESUME_HINT);
        }
        ports.record({
          ...verdictEvent(ports, 'nudge', 'A check failed; back to the agent.'),
          retriesSpent: retriesSpent + 1,
        });
        prompt = plainPrompt('check-failed', text);
        break;
      }
      case 'try-again':
        if (verdict.reopen === 'new') {
          renewals += 1;
          await close(session);
          ports.leaveSession(verdict.words);
          await open(false);
          prompt = firstPrompt(begin(false));
        } else if (verdict.reopen) {
          await close(session);
          await open(ports.task().sessionId !== null);
          prompt = firstPrompt(begin(resumed));
        } else {
          if (verdict.limit) ports.limitReached(verdict.delayMs, verdict.words);
          if (verdict.limit && verdict.delayMs >= LONG_LIMIT_MS) return { status: 'queued', words: verdict.words };
          await ports.delay(verdict.delayMs, verdict.words, transient);
          const gone = await ports.lost();
          if (gone) return stopped(ports, gone);
          if (turn.answered) prompt = plainPrompt('try-again', prompts.tryAgain(verdict.words));
          else if (prompt !== null) prompt = { ...prompt, messageIds: [] };
        }
    }
  }
}

/** The run ends by it: what it has left is kept while its agent ends. */
function isLast({ decision }: Verdict): boolean {
  return ['complete', 'blocked', 'retries-spent', 'stop'].includes(decision);
}

async function close(session: AgentSession | null): Promise<void> {
  await session?.close(0);
}

/** A run that ends for a cause that no turn can mend. */
function stopped(ports: ConductPorts, outcome: TaskOutcome): RunEnd {
  ports.record(verdictEvent(ports, 'stop', outcome.words));
  return { status: 'failed', outcome };
}

function recordVerdict(ports: ConductPorts, verdict: Verdict, retriesSpent: number): void {
  ports.record({ ...verdictEvent(ports, verdict.decision, describeVerdict(ports.task(), verdict)), retriesSpent });
}

function verdictEvent(ports: ConductPorts, decision: Verdict['decision'], words: string) {
  const task = ports.task();
  const open = task.items.filter(({ status }) => status !== 'completed' && status !== 'skipped').map((item) => item.id);
  return {
    type: 'verdict.reached' as const,
    runId: ports.runId,
    turn: task.run?.turns ?? 0,
    decision,
    words,
    open,
    retriesSpent: task.run?.retriesSpent ?? 0,
  };
}

function describeVerdict(task: Task, verdict: Verdict): string {
  switch (verdict.decision) {
    case 'complete':
      return task.items.length === 0 ? 'The turn ended well; there is no checklist.' : 'Every item is completed.';
    case 'check':
      return task.items.length === 0
        ? 'The turn ended well; now the checks.'
        : 'Every item is completed; now the checks.';
    case 'nudge':
      return `${verdict.open.length} of ${task.items.length} items ${verdict.open.length === 1 ? 'is' : 'are'} still open.`;
    case 'follow-up':
      return task.messages.length > 0 ? FOLLOW_UP : 'The user has set the goal.';
    case 'try-again':
      return verdict.words;
    default:
      return verdict.outcome.words;
  }
}

function completed(task: Task): RunEnd {
  const words = task.items.length === 0 ? 'The turn ended well.' : 'Every item is completed.';
  return { status: 'completed', outcome: { code: 'all-items-completed', words, hint: null } };
}

function failed(code: TaskOutcome['code'], words: string, hint: string | null): RunEnd {
  return { status: 'failed', outcome: { code, words, hint } };
}

/** The ending of a run whose agent could not be started. */
export function failedToOpen(failure: BackendFailure): RunEnd {
  if (failure instanceof NoAnswer) return failed('no-first-response', failure.message, failure.hint ?? RESUME_HINT);
  const code = failure.code === 'missing' || failure.code === 'too-old' ? 'backend-missing' : 'backend-error';
  return failed(code, failure.message, failure.hint ?? RESUME_HINT);
}
