import type { PromptKind, RunEvent } from '../../contract/run/events.ts';
import { openItems } from '../../contract/task/derive.ts';
import type { Task, TaskOutcome } from '../../contract/task/state.ts';
import { type AgentSession, BackendFailure, type TurnResult } from '../backends/backend.ts';
import { NoAnswer } from './open-session.ts';
import * as prompts from './prompts.ts';
import { type Cut, RESUME_HINT, reachVerdict, type Verdict } from './verdict.ts';

/** How a run ended. */
export type Ending = { status: 'completed' | 'failed'; outcome: TaskOutcome };

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

/** So often a run goes on in a new session because the conversation was full. */
const MAX_RENEWALS = 5;

/** What the loop needs; it knows neither SQLite nor any agent. Every call rejects with `Stopped` once the run is to stop. */
export interface ConductPorts {
  runId: string;
  task(): Task;
  record(...events: RunEvent[]): void;
  /** Makes the workspace, or enters the one of an earlier run. Returns a message when it cannot. */
  enterWorkspace(): Promise<{ ok: true } | { ok: false; words: string }>;
  /** Starts the agent, continuing the session of the task where `resume`; throws `BackendFailure`. */
  openSession(resume: boolean): Promise<AgentSession>;
  /** `progressed`: whether a call of a tool has succeeded since the session was opened. */
  turn(session: AgentSession, prompt: string): Promise<TurnOver>;
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
  /** Commands that seemed to wait for input since the last call, a sentence each. */
  stalled(): string[];
  /** What the agent has asked, in words, and nobody has answered before it was interrupted. */
  unanswered(): string[];
  /** Whether the agent sees our tools over MCP. */
  mcp: boolean;
}

interface Prompt {
  kind: PromptKind;
  text: string;
  messageIds: string[];
}

/**
 * One run: workspace ready, brief, turn, verdict, nudge, turn, ... outcome. Throws `BackendFailure` when the agent
 * cannot be started. The caller closes the session, however this ends.
 */
export async function conduct(ports: ConductPorts): Promise<Ending> {
  const words = { mcp: ports.mcp };
  const entered = await ports.enterWorkspace();
  if (!entered.ok) return failed('workspace-failed', entered.words, null);

  const mode = ports.task().run?.mode;
  let resumed = (mode === 'resume' || mode === 'recovery') && ports.task().sessionId !== null;
  let session: AgentSession;
  try {
    session = await ports.openSession(resumed);
  } catch (error) {
    if (!(error instanceof BackendFailure) || error.code !== 'session-unknown') throw error;
    resumed = false;
    session = await ports.openSession(false);
  }

  let prompt = firstPrompt(ports, resumed, words);
  let transient = 0;
  let renewals = 0;
  for (;;) {
    prompt = { ...prompt, text: prompts.withStalls(prompt.text, ports.stalled()) };
    ports.requestTurn(prompt.kind, prompt.text, prompt.messageIds);
    const turn = await ports.turn(session, prompt.text);
    ports.settleTurn(turn.result);

    if (turn.result.error?.code === 'session-unknown' && resumed) {
      await session.close(0);
      resumed = false;
      session = await ports.openSession(false);
      prompt = firstPrompt(ports, false, words);
      continue;
    }

    const lost = await ports.lost();
    if (lost) return stopped(ports, lost);

    const task = ports.task();
    const retriesSpent = task.run?.retriesSpent ?? 0;
    const progressed = (turn.progressed || resumed) && renewals < MAX_RENEWALS;
    const facts = { ...turn, progressed, transientBefore: transient, retriesSpent, hasChecks: ports.hasChecks() };
    const verdict = reachVerdict(task, facts);
    transient = verdict.decision === 'try-again' && !verdict.reopen ? transient + 1 : 0;
    const spends = verdict.decision === 'nudge' || (verdict.decision === 'try-again' && verdict.reopen === true);
    recordVerdict(ports, verdict, retriesSpent + (spends ? 1 : 0));

    switch (verdict.decision) {
      case 'complete':
        return completed(task);
      case 'blocked':
      case 'retries-spent':
      case 'stop':
        return { status: 'failed', outcome: verdict.outcome };
      case 'follow-up':
        prompt = messagesPrompt(task, words);
        break;
      case 'nudge':
        prompt = { kind: 'nudge', text: prompts.nudge(task, verdict.open, words), messageIds: [] };
        break;
      case 'check': {
        const check = await ports.runChecks();
        const gone = await ports.lost();
        if (gone) return stopped(ports, gone);
        const now = ports.task();
        if (check === null || check.ok) {
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
        prompt = { kind: 'check-failed', text, messageIds: [] };
        break;
      }
      case 'try-again':
        if (verdict.reopen === 'new') {
          renewals += 1;
          await session.close(0);
          ports.leaveSession(verdict.words);
          resumed = false;
          session = await ports.openSession(false);
          prompt = firstPrompt(ports, false, words);
        } else if (verdict.reopen) {
          await session.close(0);
          const again = ports.task().sessionId !== null;
          session = await ports.openSession(again);
          resumed = again;
          prompt = firstPrompt(ports, again, words);
        } else {
          await ports.delay(verdict.delayMs, verdict.words, transient);
          const gone = await ports.lost();
          if (gone) return stopped(ports, gone);
          if (turn.answered) prompt = { kind: 'try-again', text: prompts.tryAgain(verdict.words), messageIds: [] };
          else prompt = { ...prompt, messageIds: [] };
        }
    }
  }
}

function firstPrompt(ports: ConductPorts, resumed: boolean, words: prompts.PromptWords): Prompt {
  const task = ports.task();
  const messageIds = task.messages.map((message) => message.id);
  // Those of a turn that did not end well are said again: the agent may never have read them.
  const messages = [...(task.run?.carried ?? []), ...task.messages].map((message) => message.text);
  const said = messages.length > 0 ? prompts.followUp(messages) : null;
  const recovery = task.run?.mode === 'recovery' || (task.run?.turns ?? 0) > 0;
  if (resumed && said !== null && !recovery) {
    return { kind: 'follow-up', text: prompts.withOpen(said, openItems(task.items), words), messageIds };
  }
  const fresh = task.run?.mode === 'fresh' || task.run?.mode === 'rerun';
  const opening = resumed
    ? prompts.goOn(task, recovery ? 'recovery' : 'resume', words, ports.unanswered())
    : fresh && (task.run?.turns ?? 0) === 0
      ? prompts.brief(task, words)
      : prompts.takeOver(task, words);
  const text = said === null ? opening : `${opening}\n\n${said}`;
  return { kind: resumed ? 'continue' : 'brief', text, messageIds };
}

function messagesPrompt(task: Task, words: prompts.PromptWords): Prompt {
  // What was sent at once goes alone; the rest is for the turn after it.
  const now = task.messages.filter((message) => message.now);
  const messages = now.length > 0 ? now : task.messages;
  const said = prompts.followUp(messages.map((message) => message.text));
  return {
    kind: 'follow-up',
    text: prompts.withOpen(said, openItems(task.items), words),
    messageIds: messages.map((message) => message.id),
  };
}

/** A run that ends for a cause that no turn can mend. */
function stopped(ports: ConductPorts, outcome: TaskOutcome): Ending {
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
      return FOLLOW_UP;
    case 'try-again':
      return verdict.words;
    default:
      return verdict.outcome.words;
  }
}

function completed(task: Task): Ending {
  const words = task.items.length === 0 ? 'The turn ended well.' : 'Every item is completed.';
  return { status: 'completed', outcome: { code: 'all-items-completed', words, hint: null } };
}

function failed(code: TaskOutcome['code'], words: string, hint: string | null): Ending {
  return { status: 'failed', outcome: { code, words, hint } };
}

/** The ending of a run whose agent could not be started. */
export function failedToOpen(failure: BackendFailure): Ending {
  if (failure instanceof NoAnswer) return failed('no-first-response', failure.message, failure.hint ?? RESUME_HINT);
  const code = failure.code === 'missing' || failure.code === 'too-old' ? 'backend-missing' : 'backend-error';
  return failed(code, failure.message, failure.hint ?? RESUME_HINT);
}
