import type { OpenOnDesktop } from '../contract/desktop.ts';
import { accept } from '../contract/rejection.ts';
import { settings } from '../contract/settings/state.ts';
import { type Core, PERSON } from '../core/core-api.ts';
import { createDesktop } from '../desktop/desktop.ts';

interface Deps {
  /** Of a core in this process or another. */
  api: Core['api'];
  /** Absolute. */
  dataFolder: string;
  /** Of the person's login shell, as this process knows it. */
  environment(): Promise<Record<string, string>>;
}

/** The desktop of a host, for pages that are on the same machine. */
export function desktopOfHost({ api, dataFolder, environment }: Deps): OpenOnDesktop {
  return createDesktop({
    workspaceFolder: (workspaceId, path) => api.workspaces.folder({ workspaceId, path }, PERSON),
    terminalFile: (terminalId, path) => api.terminals.file({ terminalId, path }, PERSON),
    dataFolder: async () => accept({ folder: dataFolder }),
    async chosen(key) {
      const found = await api.settings.get({ key }, PERSON);
      return found.ok ? accept(settings.shape[key].parse(found.value.value)) : found;
    },
    environment,
  });
}
