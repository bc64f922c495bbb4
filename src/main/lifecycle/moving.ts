/** A change between working in this app and working in the background. */
export interface Moving {
  /** Must be told what the setting `desktop.background` is. */
  wanted(inBackground: boolean): void;
  isUnderWay(): boolean;
}

export interface MovingOptions {
  /** See `Drover.drain`; null where Drover runs elsewhere, and moves by itself. */
  drain: ((until: AbortSignal) => Promise<void>) | null;
  /** What the setting is when the app starts: only a change of it moves. */
  inBackground: boolean;
  /** Starts the app again, which then begins where it is to work. */
  restart(): void;
}

/** Moves Drover out of this app, each task when it is between turns, and starts the app again as its client. */
export function createMoving({ drain, inBackground, restart }: MovingOptions): Moving {
  let was = inBackground;
  let calledOff: AbortController | null = null;

  function begin(leave: NonNullable<typeof drain>): void {
    const call = new AbortController();
    calledOff = call;
    void leave(call.signal).then(() => {
      if (!call.signal.aborted) restart();
    });
  }

  return {
    wanted(now) {
      if (drain === null || now === was) return;
      was = now;
      if (now) return begin(drain);
      calledOff?.abort();
      calledOff = null;
    },
    isUnderWay: () => calledOff !== null,
  };
}
