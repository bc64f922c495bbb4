import { isDeepStrictEqual } from 'node:util';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { SessionOptions, ToolAnswer } from '../backend.ts';
import { ASKED_OUTSIDE_PLAN } from './arguments.ts';
import { type Json, type Message, record, records, text } from './protocol.ts';
import { callOf, isOwnTool } from './tool-call.ts';

/**
 * Every call of a tool passes here before it happens: as our hook, which the program waits for and whose no beats
 * whatever its settings, its rules and other hooks say, and once more where the program asks by itself, which shows the
 * input as it will be carried out. What has happened although nothing here allowed it is a breach.
 */
export interface Gate {
  /** Our hook: what it answers. `id` is the request, for `cancel`. */
  before(id: string, hook: Json): Promise<Json>;
  /** The program asks by itself. */
  asked(id: string, request: Json): Promise<Json>;
  /** The program does not wait for the answer to this request any more. */
  cancel(id: string): void;
  /** The call that a dialog of the program is about; null when none is known to be asked about. */
  callOfDialog(tool: string, input: Json): string | null;
  /** Whether a question on the call is open. */
  isOpen(callId: string): boolean;
  /** A person has answered in the terminal of the program, or nobody will: its open questions are over. */
  answeredThere(callId: string, how: 'allowed' | 'denied' | 'withdrawn'): void;
  /** Sees every message of the program, before anybody else does. */
  take(message: Message): void;
  /** Our own interrupt: what is cancelled from now on is withdrawn. */
  interrupted(): void;
  /** The program is gone: open questions are over. */
  end(): void;
}

export interface GateDeps {
  ask: SessionOptions['ask'];
  /** A call has been carried out that nothing here has allowed. Returns whether it would have passed anyway. */
  unasked: SessionOptions['unasked'];
  /** It would not have: the session must end. */
  breached(words: string, hint: string): void;
  /** Whether a call touches nothing but what the program keeps for the session itself. */
  isOwnFile(tool: string, input: Json): boolean;
  /** Ends the turn. */
  interrupt(): void;
  /**
   * The program shows what it asks about in its terminal too. Our hook then answers `ask` as soon as a person has to
   * answer, and the question stays open beside the dialog of the program: the first answer counts.
   */
  dialogs?: boolean | undefined;
  clock: Pick<Clock, 'timer'>;
  logger: Pick<Logger, 'warn'>;
}

const NOBODY = 'Nobody could be asked, so this is not allowed. Continue without it.';
/** A question that the program cancelled was answered by somebody else; a refusal is told at once, a yes when it is done. */
const ANSWERED_MS = 3000;

interface Open {
  /** `hook`: nobody else can have answered when the program no longer waits. */
  as: 'hook' | 'request';
  controller: AbortController;
  input: Json;
  answer: Promise<ToolAnswer>;
  late: Timer | null;
}

interface Asked {
  given: Promise<ToolAnswer>;
  /** Resolves when a person has to answer. */
  person: Promise<'person'>;
}

interface Call {
  tool: string;
  input: Json;
  /** What was allowed, and as what, where a person has changed it; null while, and when, nothing was. */
  allowed: { asked: Json; as: Json } | null;
  /** What was refused last, and how. */
  refused: { asked: Json; answer: ToolAnswer } | null;
  /** A person has allowed it in the terminal of the program. */
  there: boolean;
  /** What is asked now: by the id of the request. */
  open: Map<string, Open>;
}

export function createGate(deps: GateDeps): Gate {
  const calls = new Map<string, Call>();
  let interrupting = false;
  let ended = false;

  function heldCall(callId: string, tool: string, input: Json): Call {
    const known = calls.get(callId);
    if (known) return known;
    const call: Call = { tool, input, allowed: null, refused: null, there: false, open: new Map() };
    calls.set(callId, call);
    return call;
  }

  /** Asks through the channel; whatever goes wrong is a no. */
  function question(id: string, callId: string, call: Call, as: Open['as'], request: Json): Asked {
    const { input } = call;
    const controller = new AbortController();
    let asksPerson = () => {};
    const person = new Promise<'person'>((resolve) => {
      asksPerson = () => resolve('person');
    });
    const answer = (async (): Promise<ToolAnswer> => {
      try {
        const given = await deps.ask({
          callId,
          call: callOf(call.tool, input),
          input,
          blockedPath: text(request.blocked_path),
          reason: text(request.decision_reason),
          own: deps.isOwnFile(call.tool, input),
          asksPerson,
          signal: controller.signal,
        });
        return readAnswer(given, input);
      } catch (error) {
        deps.logger.warn('A question of the agent could not be answered and is denied.', {
          tool: call.tool,
          error: String(error),
        });
        return { decision: 'deny', words: NOBODY };
      }
    })();
    const open: Open = { as, controller, input, answer, late: null };
    call.open.set(id, open);
    const settle = async (): Promise<ToolAnswer> => {
      const given = await answer;
      // Withdrawn in the meantime: nobody waits for it.
      if (call.open.get(id) !== open) return { decision: 'deny', words: NOBODY };
      forget(call, id);
      call.allowed = given.decision === 'allow' ? { asked: input, as: given.input ?? input } : null;
      call.refused = given.decision === 'allow' ? null : { asked: input, answer: given };
      return given;
    };
    return { given: settle(), person };
  }

  function forget(call: Call, id: string): void {
    call.open.get(id)?.late?.cancel();
    call.open.delete(id);
  }

  function withdraw(call: Call, why: 'withdrawn' | 'ended' | 'unasked' | 'allowed' | 'denied'): void {
    for (const [id, { controller }] of [...call.open]) {
      forget(call, id);
      controller.abort(why);
    }
  }

  function breach(callId: string, call: Call, by: string | null): void {
    const wasAsked = call.open.size > 0;
    withdraw(call, 'unasked');
    const words = `Claude Code has carried out ${call.tool} without permission from Drover: ${answeredBy(by)}.`;
    // Recorded by what was asked; what nobody asked about is recorded now.
    const passes = deps.unasked({ callId, call: callOf(call.tool, call.input), input: call.input, wasAsked, words });
    if (!passes) deps.breached(words, hintFor(by));
  }

  function settled(callId: string, meta: Json | undefined, isError: boolean): void {
    const call = calls.get(callId);
    if (!call) return;
    calls.delete(callId);
    if (isOwnTool(call.tool)) return;
    const decided = record(meta?.permission_decision);
    // Without a word on it: a call that could not be read as one was refused before anybody was asked.
    const carriedOut = meta === undefined ? !isError : decided.decision !== 'reject' && !('non_execution_kind' in meta);
    if (!carriedOut) withdraw(call, 'withdrawn');
    else if (call.allowed === null || (call.there && decided.source === 'hook')) {
      breach(callId, call, text(decided.source));
    } else withdraw(call, 'withdrawn');
  }

  return {
    async before(id, hook) {
      const tool = text(hook.tool_name) ?? '';
      const input = record(hook.tool_input);
      const callId = text(hook.tool_use_id);
      const call = heldCall(callId ?? id, tool, input);
      call.input = input;
      if (isOwnTool(tool)) {
        call.allowed = { asked: input, as: input };
        return verdict('allow');
      }
      const { given: coming, person } = question(id, callId ?? id, call, 'hook', {});
      const given = await (deps.dialogs ? Promise.race([coming, person]) : coming);
      if (given === 'person') return verdict('ask');
      if (given.decision === 'allow') {
        // Given a changed plan here, the program does not ask by itself, and goes on with the plan in its file.
        const changed = given.input && tool !== 'ExitPlanMode';
        return verdict('allow', changed ? { updatedInput: given.input } : {});
      }
      if (given.stop === true) deps.interrupt();
      return verdict('deny', { permissionDecisionReason: given.words });
    },
    async asked(id, request) {
      const tool = text(request.tool_name) ?? '';
      const input = record(request.input);
      // Our own tools change nothing but the task, and only as far as their token reaches.
      if (isOwnTool(tool)) return allow(tool, input);
      const callId = text(request.tool_use_id) ?? id;
      const call = heldCall(callId, tool, input);
      call.input = input;
      const { allowed } = call;
      // The program shows a changed input, or the one before the change.
      if (allowed && (isDeepStrictEqual(allowed.as, input) || isDeepStrictEqual(allowed.asked, input))) {
        return allow(tool, allowed.as);
      }
      const same = [...call.open.values()].find((open) => isDeepStrictEqual(open.input, input));
      if (!same && call.refused && isDeepStrictEqual(call.refused.asked, input)) return refuse(call.refused.answer);
      const given = await (same?.answer ?? question(id, callId, call, 'request', request).given);
      return given.decision === 'allow' ? allow(tool, given.input ?? input) : refuse(given);
    },
    cancel(id) {
      for (const [callId, call] of calls) {
        const open = call.open.get(id);
        if (!open) continue;
        if (interrupting || open.as === 'hook') withdraw(call, 'withdrawn');
        else open.late ??= deps.clock.timer(ANSWERED_MS, () => breach(callId, call, 'hook'));
      }
    },
    callOfDialog(tool, input) {
      const known = [...calls].filter(([, call]) => call.tool === tool).reverse();
      const isAbout = ([, call]: [string, Call]) =>
        isDeepStrictEqual(call.input, input) || (call.allowed !== null && isDeepStrictEqual(call.allowed.as, input));
      const found = known.find((one) => one[1].open.size > 0 && isAbout(one)) ?? known.find(isAbout);
      return found?.[0] ?? null;
    },
    isOpen: (callId) => (calls.get(callId)?.open.size ?? 0) > 0,
    answeredThere(callId, how) {
      const call = calls.get(callId);
      if (!call || call.open.size === 0) return;
      if (how === 'allowed') {
        call.allowed = { asked: call.input, as: call.input };
        call.there = true;
      }
      withdraw(call, how);
    },
    take(message) {
      if (message.type === 'assistant') {
        for (const block of records(record(message.message).content)) {
          const callId = text(block.id);
          if (block.type === 'tool_use' && callId !== null) {
            heldCall(callId, text(block.name) ?? '', record(block.input));
          }
        }
      } else if (message.type === 'user') {
        const meta = new Map(records(message.tool_result_meta).map((one) => [text(one.id), one]));
        for (const block of records(record(message.message).content)) {
          const callId = text(block.tool_use_id);
          if (block.type === 'tool_result' && callId !== null)
            settled(callId, meta.get(callId), block.is_error === true);
        }
      } else if (message.type === 'result') interrupting = false;
    },
    interrupted() {
      interrupting = true;
    },
    end() {
      if (ended) return;
      ended = true;
      for (const call of calls.values()) withdraw(call, 'ended');
      calls.clear();
    },
  };
}

function verdict(permissionDecision: 'allow' | 'deny' | 'ask', more: Json = {}): Json {
  return { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, ...more } };
}

function refuse(answer: ToolAnswer): Json {
  const { words, stop } = answer.decision === 'deny' ? answer : { words: NOBODY, stop: false };
  return { behavior: 'deny', message: words, ...(stop === true ? { interrupt: true } : {}) };
}

/** Counts for the session alone: nothing is written to the settings of anybody. */
const ASK_FOR_EDITS = {
  type: 'addRules',
  rules: ASKED_OUTSIDE_PLAN.map((toolName) => ({ toolName })),
  behavior: 'ask',
  destination: 'session',
};

/** Suggested rules are never taken: they would outlive the answer. */
function allow(tool: string, updatedInput: Json): Json {
  const allowed = { behavior: 'allow', updatedInput };
  // With its plan approved, the program leaves the plan mode, in which it asks for edits by itself.
  return tool === 'ExitPlanMode' ? { ...allowed, updatedPermissions: [ASK_FOR_EDITS] } : allowed;
}

/** Everything but a well-formed yes is a no. */
function readAnswer(answer: unknown, asked: Json): ToolAnswer {
  const given = record(answer) as Partial<Record<'decision' | 'input' | 'answers' | 'words' | 'stop', unknown>>;
  if (given.decision !== 'allow') {
    return { decision: 'deny', words: text(given.words) ?? NOBODY, ...(given.stop === true ? { stop: true } : {}) };
  }
  // The program takes the answers to its questions as part of their input.
  if (given.answers !== undefined) return { decision: 'allow', input: { ...asked, answers: record(given.answers) } };
  return given.input === undefined ? { decision: 'allow' } : { decision: 'allow', input: record(given.input) };
}

function answeredBy(source: string | null): string {
  if (source === 'hook') return 'a hook has answered in its place';
  return 'a setting lets it through';
}

function hintFor(source: string | null): string {
  const where = 'in the settings of Claude Code (~/.claude/settings.json, managed settings, plugins)';
  if (source === 'hook') {
    return `Look for a hook of PermissionRequest or PreToolUse that allows, ${where}; take it away, then resume the task.`;
  }
  return `Look for what lets tools through under \`permissions\`, \`sandbox\` and \`env\` ${where}; take it away, then resume the task.`;
}
