import { powerMonitor } from 'electron';

export interface PowerEvents {
  /** Each comes twice on Linux. */
  onSleep(): void;
  onWake(): void;
  /** The machine is about to be turned off and waits a few seconds for this program to end. */
  onShutdown(): void;
}

export function followPower({ onSleep, onWake, onShutdown }: PowerEvents): void {
  powerMonitor.on('suspend', onSleep);
  powerMonitor.on('resume', onWake);
  // Not as the first one: Electron takes no notice of a first listener for this. The types leave the event out.
  powerMonitor.on('shutdown', (event?: Electron.Event) => {
    event?.preventDefault();
    onShutdown();
  });
}
