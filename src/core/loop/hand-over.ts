import { hasNoGoal } from '../../contract/task/derive.ts';
import type { Item } from '../../contract/task/state.ts';
import { type AgentSession, BackendFailure } from '../backends/backend.ts';
import type { ConductPorts } from './conduct.ts';
import { changedItems, type WorkChange } from './meanwhile.ts';
import { openOrNew } from './open-or-new.ts';

/** What has changed while a person had the session; `work` is null where that could not be seen. */
export interface Meanwhile {
  work: WorkChange | null;
  items: Item[];
}

/** How a session stands after it was asked for. */
interface Handed {
  /** Null: it is to be opened again. */
  session: AgentSession | null;
  /** Null: nobody has had it. */
  meanwhile: Meanwhile | null;
}

/**
 * Between turns, or before the first: a person has asked for the session. Lets go of it, opens it in a terminal for them,
 * and waits until it is given back. Where it cannot be handed over the loop keeps it, and the log says why. `session` is
 * null where none is open. Throws `BackendFailure` when it does not open for anybody.
 */
export async function handOver(ports: ConductPorts, session: AgentSession | null): Promise<Handed> {
  const { runId } = ports;
  // A session in a terminal is before them already: only the loop holds still.
  const stays = session !== null && ports.inTerminal;
  if (session !== null && !stays) {
    if (!(await release(ports, session))) return { session, meanwhile: null };
    // They have taken it back meanwhile.
    if (ports.task().run?.handOver !== 'person') return { session: null, meanwhile: null };
  }

  const { items, sessionId, run } = ports.task();
  const id = sessionId ?? run?.sessionId ?? '';
  ports.record({ type: 'session.handed-over', runId, to: 'person', sessionId: id });
  const toLoop = () =>
    ports.record({ type: 'session.handed-over', runId, to: 'loop', sessionId: ports.task().sessionId ?? id });
  const before = await ports.lookAtWork();
  const theirs = stays ? session : await openForPerson(ports, session === null);
  if (theirs === null) {
    toLoop();
    return { session: null, meanwhile: null };
  }
  ports.record({ type: 'phase.changed', runId, phase: 'taken', words: null });
  const left = await untilGivenBack(ports, theirs);
  if (!stays) await ports.releaseSession(left ?? theirs);
  toLoop();
  const work = before === null ? null : await ports.workSince(before);
  return {
    session: stays ? left : null,
    meanwhile: { work, items: changedItems(items, ports.task().items) },
  };
}

async function release(ports: ConductPorts, session: AgentSession): Promise<boolean> {
  try {
    await ports.releaseSession(session);
    return true;
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error;
    ports.record({ type: 'session.hand-over-requested', runId: ports.runId, to: 'loop' }, notHandedOver(ports, error));
    return false;
  }
}

/** Null: it opens in no terminal, and the loop continues, unless it is for the person that the run has begun. */
async function openForPerson(ports: ConductPorts, isForThem: boolean): Promise<AgentSession | null> {
  try {
    return (await openOrNew(ports, ports.task().sessionId !== null, 'person')).session;
  } catch (error) {
    if (!(error instanceof BackendFailure) || isForThem) throw error;
    ports.record(notHandedOver(ports, error));
    return null;
  }
}

/**
 * A person who ends the program has not given the session back: it is opened again when they ask for it. Returns the
 * session as they leave it; null where its program has ended.
 */
async function untilGivenBack(ports: ConductPorts, session: AgentSession): Promise<AgentSession | null> {
  const back = ports.givenBack().then(() => null);
  let open: AgentSession | null = session;
  for (;;) {
    if (open !== null && (await Promise.race([open.ended, back])) === null) return open;
    const waiting = new AbortController();
    // Listens before anybody can know that it may be asked for.
    const again = ports.askedAgain(waiting.signal).then(() => 'again' as const);
    // Where that cannot be written down, nobody waits for it any more.
    again.catch(() => {});
    sayClosed(ports);
    const next = await Promise.race([again, back]);
    waiting.abort();
    if (next === null) return null;
    open = await openForPerson(ports, false);
    if (open !== null) ports.record({ type: 'phase.changed', runId: ports.runId, phase: 'taken', words: null });
  }
}

function sayClosed({ runId, task, record }: ConductPorts): void {
  const way = hasNoGoal(task()) ? 'set a goal and give it back' : 'give it back, and Drover continues';
  const words = `Its program has ended in the terminal. Open the session again, or ${way}.`;
  record(
    { type: 'notice.recorded', runId, level: 'info', code: 'session-closed', words },
    { type: 'phase.changed', runId, phase: 'taken', words },
  );
}

function notHandedOver({ runId }: ConductPorts, error: BackendFailure) {
  const hint = error.hint === null ? '' : ` ${error.hint}`;
  const words = `The session cannot be handed over: ${error.message}${hint}`;
  return { type: 'notice.recorded', runId, level: 'warning', code: 'not-handed-over', words } as const;
}
