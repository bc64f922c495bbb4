import type { FolderRequest, OpenOnDesktop } from '../contract/desktop.ts';
import type { Argv } from '../contract/project/state.ts';
import { accept, type Result } from '../contract/rejection.ts';
import { createOpenFolder } from './open-folder.ts';

/** What a desktop asks Drover for, which may be in another process. */
export interface DesktopDeps {
  /** Where a workspace is, and a file in it; refused unless it can be opened. */
  workspaceFolder(workspaceId: string, path?: string): Promise<Result<{ folder: string; file?: string | undefined }>>;
  dataFolder(): Promise<Result<{ folder: string }>>;
  /** What a person chose to open folders with; null finds a program. The folder is appended. */
  chosen(setting: 'desktop.editor' | 'desktop.terminal'): Promise<Result<Argv | null>>;
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
    const place = request.what === 'data' ? 'files' : request.in;
    const found: Result<{ folder: string; file?: string | undefined }> = await (request.what === 'data'
      ? deps.dataFolder()
      : deps.workspaceFolder(request.workspaceId, place === 'editor' ? request.path : undefined));
    if (!found.ok) return found;
    const { folder, file } = found.value;
    const chosen = place === 'files' ? accept(null) : await deps.chosen(`desktop.${place}`);
    return chosen.ok ? openFolder(folder, place, chosen.value, file) : chosen;
  };
}
