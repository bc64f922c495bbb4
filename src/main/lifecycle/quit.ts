/** What a person wants when they quit while tasks run. */
export type QuitAnswer = 'stop' | 'when-done' | 'background' | 'cancel';

export interface QuitOptions {
  /** How many tasks are under way. */
  underWay(): number;
  ask(): Promise<QuitAnswer>;
  /** Leaves everything running, out of sight. */
  onBackground(): void;
  /** Waits in the background until the last task has ended. */
  onWait(): void;
  end(): void;
}

export interface Quit {
  /** Somebody wants Drover to end. One question at a time. */
  request(): Promise<void>;
  isWaiting(): boolean;
  /** Somebody wants to use Drover again: it no longer ends by itself. */
  cancel(): void;
  /** Must be told when tasks have changed. */
  tasksChanged(): void;
}

/** Ends Drover at once when nothing is under way, and else as the person wants it. */
export function createQuit({ underWay, ask, onBackground, onWait, end }: QuitOptions): Quit {
  let state: 'open' | 'asking' | 'waiting' | 'ending' = 'open';
  const finish = () => {
    state = 'ending';
    end();
  };
  return {
    async request() {
      if (state === 'asking' || state === 'ending') return;
      if (underWay() === 0) return finish();
      state = 'asking';
      const answer = await ask().catch((): QuitAnswer => 'cancel');
      if (answer === 'stop') return finish();
      if (answer === 'cancel' || answer === 'background') {
        state = 'open';
        if (answer === 'background') onBackground();
        return;
      }
      state = 'waiting';
      onWait();
      // They may have ended while the question stood.
      if (underWay() === 0) finish();
    },
    isWaiting: () => state === 'waiting',
    cancel() {
      if (state === 'waiting') state = 'open';
    },
    tasksChanged() {
      if (state === 'waiting' && underWay() === 0) finish();
    },
  };
}
