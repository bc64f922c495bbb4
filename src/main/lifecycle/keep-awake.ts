/** Asks the system not to sleep, and gives a number to take that back with; Electron's `powerSaveBlocker` fits. */
export interface SleepBlocker {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): void;
}

export interface KeepAwake {
  /** Whether the machine is to stay awake from now on. The screen may still go dark. */
  set(awake: boolean): void;
  close(): void;
}

export function createKeepAwake(blocker: SleepBlocker): KeepAwake {
  let id: number | null = null;
  const set = (awake: boolean) => {
    if (awake) id ??= blocker.start('prevent-app-suspension');
    else if (id !== null) {
      blocker.stop(id);
      id = null;
    }
  };
  return { set, close: () => set(false) };
}
