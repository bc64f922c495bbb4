import type { Core } from '../core/core-api.ts';
import { PERSON } from '../core/core-api.ts';

/** A daemon that the app has started, to work without it. */
export interface Background {
  /**
   * Ends this Drover as soon as each task is between turns, or waits for a person: true. False when that has not come
   * within `waitMs` milliseconds; the tasks go on then.
   */
  makeWay(waitMs: number): Promise<boolean>;
}

/** Also ends by itself, in the same way, once the setting `desktop.background` is turned off. `signal` ends the watch. */
export function createBackground(core: Core, end: () => void, signal: AbortSignal): Background {
  let leaving: { over: Promise<boolean>; stop: AbortController } | null = null;

  function leave(): NonNullable<typeof leaving> {
    if (leaving !== null) return leaving;
    const stop = new AbortController();
    const over = core.drain(stop.signal).then(() => {
      leaving = null;
      if (!stop.signal.aborted) end();
      return !stop.signal.aborted;
    });
    leaving = { over, stop };
    return leaving;
  }

  async function isWanted(): Promise<boolean> {
    const found = await core.api.settings.get({ key: 'desktop.background' }, PERSON);
    return !found.ok || found.value.value === true;
  }

  async function watch(): Promise<void> {
    for await (const message of core.events.subscribe({}, signal)) {
      if (message.type !== 'caught-up' && !(message.type === 'changed' && message.what === 'settings')) continue;
      if (await isWanted()) leaving?.stop.abort();
      else leave();
    }
  }
  void watch();

  return {
    async makeWay(waitMs) {
      const { over, stop } = leave();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(resolve, waitMs, false);
      });
      const ended = await Promise.race([over, late]);
      clearTimeout(timer);
      if (!ended && (await isWanted())) stop.abort();
      return ended;
    },
  };
}
