import { type AnyRouter, implement, withEventMeta } from '@orpc/server';
import { api, type CallInput } from '../contract/api.ts';
import type { FolderRequest, OpenOnDesktop } from '../contract/desktop.ts';
import { type Result, reject } from '../contract/rejection.ts';
import type { StreamMessage } from '../contract/stream/state.ts';
import type { FoundOpeners, SystemStatus } from '../contract/system/state.ts';
import { taskStatus } from '../contract/task/state.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Caller, Core } from '../core/core-api.ts';
import { rejected, toClientError } from './failure.ts';
import { checkReach } from './reach.ts';

/** What a carrier knows of a call besides its input. */
export interface CallContext {
  caller: Caller;
  /** Over HTTP, events carry their sequence number as the event id. */
  carrier: 'http' | 'socket';
}

export interface RouterDeps {
  core: Core;
  /** What `system.status` answers besides what the core counts. */
  host: Omit<SystemStatus, 'host' | 'user' | 'seq' | 'tasks' | 'needsYou' | 'recovered'>;
  /** For pages that cannot open folders by themselves, on the machine that serves them. */
  desktop?: OpenOnDesktop | undefined;
  /** What opens folders on that machine. */
  openers?: (() => Promise<FoundOpeners>) | undefined;
  /** Ends this Drover for another one, within that many milliseconds: true. Left out where it does not do that. */
  makeWay?: ((waitMs: number) => Promise<boolean>) | undefined;
  openLink(): string;
  logger: Logger;
}

const NOT_IN_BACKGROUND = reject('wrong-state', 'This Drover does not run in the background.');

interface Call {
  input: unknown;
  context: CallContext;
  signal?: AbortSignal;
  lastEventId?: string;
}
type Answer = (call: Call) => unknown;
type CoreCall = (input: unknown, caller: Caller, signal?: AbortSignal) => unknown;

/**
 * The contract put to work: `system` and `events` are answered here, what has an effect on a desktop by that of the host,
 * and every other call by the core function of the same name. Every call passes `checkReach` first. Answers are not checked against the contract again: the compiler has, and
 * old events must stay readable when a schema grows stricter.
 */
export function createRouter(deps: RouterDeps): AnyRouter {
  const { core, host, logger } = deps;
  const { desktop = async () => reject('unavailable', 'This Drover does not open folders.') } = deps;
  const onDesktop = async (request: FolderRequest) => answerOf(await desktop(request));
  const own: Record<string, Answer> = {
    'system.status': ({ context }) => ({
      ...{ host: core.events.host, user: context.caller.userId },
      ...host,
      seq: core.events.seq(),
      tasks: counts(core),
      needsYou: core.needingYou(),
      recovered: core.recovered(),
    }),
    'system.openers': () => deps.openers?.() ?? { editor: [], terminal: [] },
    'system.makeWay': async ({ input }) => {
      if (deps.makeWay === undefined) throw rejected(NOT_IN_BACKGROUND.rejection);
      return { ended: await deps.makeWay((input as CallInput<'system', 'makeWay'>).waitMs) };
    },
    'system.openLink': () => ({ url: deps.openLink() }),
    'workspaces.open': ({ input }) => onDesktop({ what: 'workspace', ...(input as CallInput<'workspaces', 'open'>) }),
    'terminals.openFile': ({ input }) =>
      onDesktop({ what: 'terminal', ...(input as CallInput<'terminals', 'openFile'>) }),
    'data.open': () => onDesktop({ what: 'data' }),
    'events.subscribe': (call) => stream(core, call, (error) => toClientError(error, 'events.subscribe', logger)),
  };
  // The contract is walked as data, so the types of single calls are not at hand; `CoreApi` has tied each core function
  // to its call already.
  const functions = core.api as unknown as Record<string, Record<string, CoreCall>>;
  const builders = implement(api, { initialOutputValidationIndex: Number.NaN }) as unknown as Record<
    string,
    Record<string, { handler(answer: Answer): AnyRouter }>
  >;

  const router: Record<string, Record<string, AnyRouter>> = {};
  for (const [noun, verbs] of Object.entries(api)) {
    const procedures: Record<string, AnyRouter> = {};
    for (const verb of Object.keys(verbs)) {
      const name = `${noun}.${verb}`;
      const answer = own[name] ?? askCore(functions[noun]?.[verb], name);
      const builder = builders[noun]?.[verb];
      if (builder === undefined) throw new Error(`The contract has no call ${name}.`);
      procedures[verb] = builder.handler((call) => {
        const refused = checkReach(call.context.caller, name, call.input);
        if (refused !== null) throw rejected(refused.rejection);
        return answer(call);
      });
    }
    router[noun] = procedures;
  }
  return router;
}

function askCore(run: CoreCall | undefined, name: string): Answer {
  if (run === undefined) throw new Error(`The core does not answer ${name}.`);
  return async ({ input, context, signal }) => {
    return answerOf((await run(input, context.caller, signal)) as Result<unknown>);
  };
}

function answerOf<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw rejected(outcome.rejection);
  return outcome.value;
}

function counts(core: Core): SystemStatus['tasks'] {
  const found = core.counts();
  return Object.fromEntries(taskStatus.options.map((status) => [status, found[status] ?? 0])) as SystemStatus['tasks'];
}

/** Ends when the caller goes away, and lets the core know by its signal also when only the reader stops. */
async function* stream(
  core: Core,
  { input, context, signal, lastEventId }: Call,
  translate: (error: unknown) => Error,
): AsyncGenerator<StreamMessage> {
  const options = { ...(input as CallInput<'events', 'subscribe'>) };
  const resumeAt = Number(lastEventId);
  if (lastEventId !== undefined && Number.isSafeInteger(resumeAt) && resumeAt >= 0) options.after = resumeAt;
  const ending = new AbortController();
  const end = () => ending.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  try {
    for await (const message of core.events.subscribe(options, ending.signal)) {
      const numbered = context.carrier === 'http' && message.type === 'event';
      yield numbered ? withEventMeta(message, { id: String(message.event.seq) }) : message;
    }
  } catch (error) {
    if (!ending.signal.aborted) throw translate(error);
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}
