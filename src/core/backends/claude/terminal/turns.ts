import { type Json, type Message, number, record, records, text, texts } from '../protocol.ts';
import { promptCommand } from './arguments.ts';
import type { ProgramState } from './registry.ts';
import type { Transcript } from './transcript.ts';

/**
 * How long after the end of a turn its last lines may take (some 30 ms where the machine is not busy), and how long it
 * must be idle to be known to be interrupted.
 */
const WRITTEN_MS = 5_000;
const IDLE_MS = 250;
const IDLE_UNSAID_MS = 1_500;
const LOOK_MS = 50;
/** What begins a turn of the program's own: background work has ended. */
const OF_PROGRAM = '<task-notification>';
const KINDS: Record<string, string> = { shell: 'local_bash', subagent: 'local_agent' };

interface Ours {
  uuid: string;
  id: string;
  /** The program's own name of the turn, once it has begun. */
  promptId: string | null;
}

interface Stop {
  promptId: string | null;
  failure: string | null;
  tasks: Json[];
  words: string;
  at: number;
}

interface Deps {
  sessionId: string;
  transcript: Transcript;
  /** What the program says of itself now. */
  state(): ProgramState | null;
  /** Gets what happens as messages of the same form as without a terminal. */
  take(message: Message): void;
  /** A person has typed this to the agent. */
  typed(text: string): void;
  /** Told at each look, while something goes on. */
  looked(state: ProgramState | null): void;
}

/**
 * Puts together, from hooks, the transcript and what the program says of its state, the messages that it would write
 * without a terminal: what is said, when a turn begins and ends, and what is left in the background. Looks at files only
 * while something goes on.
 */
export interface Turns {
  /** A prompt of ours is on its way. */
  begin(uuid: string, id: string): void;
  /** A hook that tells something. */
  hook(name: string, input: Json): void;
  /** Whether our prompt has been handed over as a prompt, so that hooks are heard. */
  isKnown(id: string): boolean;
  /** Reads what is left. */
  end(): void;
}

export function createTurns(deps: Deps): Turns {
  const { sessionId, transcript, state, take, looked } = deps;
  let session = { id: sessionId, told: false };
  let ours: Ours | null = null;
  /** Something of the person's, or of the program's own, goes on. */
  let theirs = false;
  let stop: Stop | null = null;
  let written = false;
  let interrupted = false;
  let idleSince: number | null = null;
  let apiStatus: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  const usage = new Map<string, Json>();

  const say = (subtype: string, more: Json) => take({ type: 'system', subtype, ...more });
  const running = (is: boolean) => say('session_state_changed', { state: is ? 'running' : 'idle' });

  function schedule(): void {
    if (timer !== null || (!ours && !theirs && !stop)) return;
    timer = setTimeout(() => {
      timer = null;
      look();
      schedule();
    }, LOOK_MS);
  }

  function look(): void {
    const now = state();
    readOn();
    looked(now);
    const idle = now !== null && (now.status === 'idle' || now.status === 'shell');
    idleSince = idle ? (idleSince ?? performance.now()) : null;
    if (stop && (written || performance.now() - stop.at > WRITTEN_MS)) finish(stop);
    else if (!stop && idleSince !== null && (theirs || ours?.promptId)) {
      // An interrupt fires no hook.
      const idleFor = performance.now() - idleSince;
      if (idleFor < (interrupted ? IDLE_MS : IDLE_UNSAID_MS)) return;
      if (ours?.promptId) result(ours, { terminal_reason: 'aborted_streaming', is_error: false });
      theirs = false;
      running(false);
    }
  }

  function readOn(): void {
    for (const line of transcript.read()) takeLine(line);
  }

  function takeLine(line: Message): void {
    if (line.isSidechain === true) return;
    const message = record(line.message);
    if (line.type === 'assistant') {
      if (line.isApiErrorMessage === true) {
        apiStatus = number(line.apiErrorStatus);
        // It ends the turn, without a line on how long that took.
        written = true;
      } else usage.set(text(message.id) ?? '', record(message.usage));
      if (!session.told) {
        session.told = true;
        say('init', { session_id: session.id, model: line.isApiErrorMessage === true ? null : message.model });
      }
      take({ type: 'assistant', message, error: line.isApiErrorMessage === true ? line.error : undefined });
    } else if (line.type === 'user') {
      const blocks = records(message.content);
      if (blocks.some((block) => (text(block.text) ?? '').startsWith('[Request interrupted by user')))
        interrupted = true;
      const results = blocks.filter((block) => block.type === 'tool_result');
      if (results.length === 0) return;
      const decided = record(line.permissionDecision);
      const meta = results.map((block) => ({ id: block.tool_use_id, permission_decision: decided }));
      take({ type: 'user', message, ...(line.permissionDecision ? { tool_result_meta: meta } : {}) });
    } else if (line.type === 'system') {
      if (line.subtype === 'turn_duration') written = true;
      else if (line.subtype === 'compact_boundary') take(line);
    }
  }

  function finish({ promptId, failure, tasks, words }: Stop): void {
    stop = null;
    const isOurs = ours !== null && promptId !== null && ours.promptId === promptId;
    say('background_tasks_changed', { tasks });
    const how = {
      is_error: failure !== null,
      result: words,
      terminal_reason: failure === null ? 'completed' : 'api_error',
    };
    result(isOurs ? ours : null, { ...how, api_error_status: failure === null ? null : apiStatus });
    theirs = false;
    apiStatus = null;
    running(ours !== null);
  }

  function result(of: Ours | null, how: Json): void {
    if (of !== null) ours = null;
    written = false;
    interrupted = false;
    take({
      type: 'result',
      num_turns: 1,
      user_message_uuids: of === null ? [] : [of.uuid],
      modelUsage: { all: total(usage) },
      total_cost_usd: 0,
      ...how,
    });
  }

  function submitted(input: Json): void {
    const promptId = text(input.prompt_id);
    if (stop) finish(stop);
    written = false;
    interrupted = false;
    idleSince = null;
    if (ours && input.prompt === promptCommand(ours.id)) ours.promptId = promptId;
    // What is typed while a turn runs is told under the id of that turn.
    else {
      if (!ours?.promptId || ours.promptId !== promptId) theirs = true;
      const typed = text(input.prompt) ?? '';
      if (!typed.startsWith(OF_PROGRAM)) deps.typed(typed);
    }
    running(true);
  }

  return {
    begin(uuid, id) {
      ours = { uuid, id, promptId: null };
      interrupted = false;
      idleSince = null;
      running(true);
      schedule();
    },
    hook(name, input) {
      const file = text(input.transcript_path);
      const id = text(input.session_id);
      if (id !== null && id !== session.id) session = { id, told: false };
      if (file !== null && name !== 'SessionEnd') transcript.at(file);
      if (name === 'UserPromptSubmit') submitted(input);
      else if (name === 'Stop' || name === 'StopFailure') {
        if (stop) finish(stop);
        const tasks = records(input.background_tasks).map((task) => ({
          task_id: task.id,
          task_type: KINDS[text(task.type) ?? ''] ?? task.type,
          description: task.description,
        }));
        const failure = name === 'StopFailure' ? (text(input.error) ?? 'unknown') : null;
        const words = text(input.last_assistant_message) ?? texts(input.errors).join('\n');
        stop = { promptId: text(input.prompt_id), failure, tasks, words, at: performance.now() };
      }
      schedule();
    },
    isKnown: (id) => ours?.id === id && ours.promptId !== null,
    end() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      readOn();
      if (stop) finish(stop);
      ours = null;
      theirs = false;
    },
  };
}

/** All that was used since the program began; each message is told of once for each of its blocks. */
function total(usage: ReadonlyMap<string, Json>): Json {
  const sum = { inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 };
  for (const one of usage.values()) {
    sum.inputTokens += number(one.input_tokens) ?? 0;
    sum.outputTokens += number(one.output_tokens) ?? 0;
    sum.cacheReadInputTokens += number(one.cache_read_input_tokens) ?? 0;
    sum.cacheCreationInputTokens += number(one.cache_creation_input_tokens) ?? 0;
  }
  return sum;
}
