import { NO_USAGE } from '../../contract/run/usage.ts';
import type { Limits } from '../../contract/task/state.ts';
import type { AgentSession, PromptImage, TurnResult } from '../backends/backend.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { Cut } from './verdict.ts';

/** How long an interrupted turn may take to settle before the program is ended. */
const SETTLE_MS = 5000;

/** The clocks of the running turn; they are told by the session's report. */
export interface TurnClocks {
  /** Something came from the agent's program. */
  alive(): void;
  /** The model has answered. */
  responded(): void;
  /** A person is being asked: the clocks stand still until the function that is answered is called. Calls nest. */
  hold(): () => void;
}

/** Runs turns under clocks. One turn at a time. */
export interface TurnRunner extends TurnClocks {
  /** Ends the turn, if there is one, so that a message can be read. */
  yield(): void;
  run(
    session: AgentSession,
    prompt: string,
    limits: Limits,
    clocked: boolean,
    images?: readonly PromptImage[],
  ): Promise<{ result: TurnResult; cut: Cut | null }>;
}

export function createTurnRunner(clock: Clock): TurnRunner {
  let timers: { first: Timer; inactive: Timer; turn: Timer } | null = null;
  let waitsForFirst = false;
  /** How many questions wait for a person now. */
  let holds = 0;

  let endTurn: ((why: Cut) => void) | null = null;

  return {
    yield: () => endTurn?.('message'),
    alive() {
      if (!waitsForFirst) timers?.inactive.restart();
    },
    responded() {
      if (!timers || !waitsForFirst) return;
      waitsForFirst = false;
      timers.first.cancel();
      timers.inactive.restart();
      timers.inactive.resume();
    },
    hold() {
      holds += 1;
      for (const timer of Object.values(timers ?? {})) timer.pause();
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        holds -= 1;
        for (const timer of Object.values(timers ?? {})) timer.resume();
      };
    },
    async run(session, prompt, limits, clocked, images) {
      const held: { settle: Timer | null; cut: Cut | null } = { settle: null, cut: null };
      let giveUp: (result: TurnResult) => void = () => {};
      const givenUp = new Promise<TurnResult>((resolve) => {
        giveUp = resolve;
      });
      const end = (why: Cut) => {
        if (held.cut) return;
        held.cut = why;
        void session.interrupt().catch(() => {});
        held.settle = clock.timer(SETTLE_MS, () => giveUp(INTERRUPTED));
      };
      endTurn = end;
      if (clocked) {
        waitsForFirst = true;
        const inactive = clock.timer(limits.inactivityMs, () => end('inactive'));
        inactive.pause();
        timers = {
          first: clock.timer(limits.firstResponseMs, () => end('no-first-response')),
          inactive,
          turn: clock.timer(limits.turnMs, () => end('turn-timeout')),
        };
        // Asked between two turns, by something that the agent left running.
        for (const timer of Object.values(timers)) for (let n = 0; n < holds; n += 1) timer.pause();
      }
      try {
        const result = await Promise.race([session.prompt(prompt, images), givenUp]);
        // An agent that does not end its turn reads nothing either.
        return { result, cut: held.cut === 'message' && result === INTERRUPTED ? null : held.cut };
      } finally {
        endTurn = null;
        held.settle?.cancel();
        for (const timer of Object.values(timers ?? {})) timer.cancel();
        timers = null;
      }
    },
  };
}

const INTERRUPTED: TurnResult = { result: 'interrupted', error: null, usage: NO_USAGE, costUsd: 0, retryAfterMs: null };
