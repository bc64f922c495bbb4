import type { FolderRequest, OpenOnDesktop } from '../contract/desktop.ts';
import type { Argv } from '../contract/project/state.ts';
import { accept, type Outcome } from '../contract/rejection.ts';
import { createOpenFolder } from './open-folder.ts';

/** What a desktop asks Drover for, which may be in another process. */
export interface DesktopDeps {
  /** Where a workspace is; refused unless it can be opened. */
  workspaceFolder(workspaceId: string): Promise<Outcome<{ folder: string }>>;
  dataFolder(): Promise<Outcome<{ folder: string }>>;
  /** What a person chose to open folders with; null finds a program. The folder is appended. */
  chosen(setting: 'desktop.editor' | 'desktop.terminal'): Promise<Outcome<Argv | null>>;
  /** The environment of the person; what belongs to Drover in it is left out. */
  environment(): Promise<Readonly<Record<string, string | undefined>>>;
  platform?: NodeJS.Platform;
}

/**
 * The desktop that this process is on: opens folders that Drover names in programs of the person's. Returns a sentence;
 * refused with what to do where Drover or this desktop cannot.
 */
export function createDesktop(deps: DesktopDeps): OpenOnDesktop {
  const openFolder = createOpenFolder(deps);
  return async (request: FolderRequest) => {
    const found = await (request.what === 'data' ? deps.dataFolder() : deps.workspaceFolder(request.workspaceId));
    if (!found.ok) return found;
    const place = request.what === 'data' ? 'files' : request.in;
    const chosen = place === 'files' ? accept(null) : await deps.chosen(`desktop.${place}`);
    return chosen.ok ? openFolder(found.value.folder, place, chosen.value) : chosen;
  };
}
