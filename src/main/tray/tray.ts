import path from 'node:path';
import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { SessionBus } from '../dbus/session-bus.ts';
import type { Rectangle } from '../windows/place.ts';
import { watchTrayHost } from './tray-host.ts';
import type { TrayAction, TrayEntry, TrayModel, TrayState } from './tray-model.ts';

export interface TrayIcon {
  /** Does nothing when it shows that already. */
  show(model: TrayModel): void;
  /** Whether a person can reach Drover by it. */
  isReachable(): boolean;
  /** Where the icon is; all zeros where the system does not tell. */
  bounds(): Rectangle;
  close(): void;
}

export interface TrayIconOptions {
  bus: SessionBus | null;
  onAction(action: TrayAction): void;
  /** The desktop has begun to show the icon. */
  onAppear(): void;
}

const ICONS = path.join(import.meta.dirname, '..', '..', 'assets', 'tray');

export async function createTrayIcon({ bus, onAction, onAppear }: TrayIconOptions): Promise<TrayIcon> {
  let tray: Tray | null = null;
  let shown: TrayModel | null = null;
  const host = await watchTrayHost(bus, () => {
    // The old icon has asked in vain and does not ask again.
    const model = shown;
    tray?.destroy();
    tray = null;
    shown = null;
    if (model !== null) show(model);
    onAppear();
  });

  function show(model: TrayModel): void {
    const was = shown;
    shown = model;
    tray ??= make(model.state);
    if (was !== null && was.state !== model.state) tray.setImage(iconOf(model.state));
    // Elsewhere an icon has no words beside it.
    if (process.platform === 'darwin' && was?.needing !== model.needing) {
      tray.setTitle(model.needing > 0 ? String(model.needing) : '');
    }
    if (was?.tooltip !== model.tooltip) tray.setToolTip(model.tooltip);
    // As a whole: on Linux a clicked checkbox does not change in the desktop's copy of the menu.
    if (JSON.stringify(was?.menu) !== JSON.stringify(model.menu)) tray.setContextMenu(menuOf(model.menu, onAction));
  }

  function make(state: TrayState): Tray {
    const made = new Tray(iconOf(state));
    // On macOS a click opens the menu.
    if (process.platform !== 'darwin') made.on('click', () => onAction({ type: 'open-board' }));
    return made;
  }

  return {
    show,
    isReachable: host.isThere,
    bounds: () => tray?.getBounds() ?? { x: 0, y: 0, width: 0, height: 0 },
    close() {
      tray?.destroy();
      tray = null;
    },
  };
}

/** Beside each picture is one of twice the size, which Electron finds by itself. */
function iconOf(state: TrayState): string {
  return path.join(ICONS, process.platform === 'darwin' ? `${state}Template.png` : `${state}.png`);
}

function menuOf(entries: readonly TrayEntry[], onAction: (action: TrayAction) => void): Menu {
  const items = (list: readonly TrayEntry[]): MenuItemConstructorOptions[] =>
    list.map((entry) => {
      if (entry.kind === 'separator') return { type: 'separator' };
      const { action, checked, entries: inner } = entry;
      // A single & would underline the next letter.
      const label = entry.label.replaceAll('&', '&&');
      if (inner !== undefined) return { label, submenu: items(inner) };
      if (action === undefined) return { label, enabled: false };
      return {
        label,
        ...(checked === undefined ? {} : { type: 'checkbox' as const, checked }),
        click: () => onAction(action),
      };
    });
  return Menu.buildFromTemplate(items(entries));
}
