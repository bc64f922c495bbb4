import { app } from 'electron';
import { appImage } from '../app-image.ts';
import { addToAutostart, autostartFile, isInAutostart, removeFromAutostart } from './autostart-file.ts';

/** Whether the desktop starts Drover, in the tray, when the person logs in. */
export interface LoginItem {
  isOn(): boolean;
  set(on: boolean): void;
}

const HIDDEN = '--hidden';

export function createLoginItem(): LoginItem {
  if (process.platform !== 'linux') {
    return {
      isOn: () => app.getLoginItemSettings({ args: [HIDDEN] }).openAtLogin,
      set: (on) => app.setLoginItemSettings({ openAtLogin: on, args: [HIDDEN] }),
    };
  }
  const file = autostartFile(process.env);
  return {
    isOn: () => isInAutostart(file),
    set: (on) => (on ? addToAutostart(file, command()) : removeFromAutostart(file)),
  };
}

function command(): string[] {
  // Inside an AppImage the program lies in a place that is gone after it has ended.
  const program = appImage() ?? process.execPath;
  return app.isPackaged ? [program, HIDDEN] : [program, app.getAppPath(), HIDDEN];
}
