import type { FolderRequest, OpenOnDesktop } from '../contract/desktop.ts';
import type { Argv } from '../contract/project/state.ts';
import { accept, type Result, reject } from '../contract/rejection.ts';
import type { FilePlace } from './editor-lines.ts';
import { createOpenFolder } from './open-folder.ts';

/** What a desktop asks Drover for, which may be in another process. */
export interface DesktopDeps {
  /** Where a workspace is, and a file in it; refused unless it can be opened. */
  workspaceFolder(workspaceId: string, path?: string): Promise<Result<{ folder: string; file?: string | undefined }>>;
  /** Where a terminal was opened, and a file in there. Left out where nothing asks for that. */
  terminalFile?(terminalId: string, path: string): Promise<Result<{ folder: string; file: string }>>;
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
  const find = (request: FolderRequest): Promise<Result<{ folder: string; file?: string | undefined }>> => {
    if (request.what === 'data') return deps.dataFolder();
    if (request.what === 'workspace') {
      return deps.workspaceFolder(request.workspaceId, request.in === 'editor' ? request.path : undefined);
    }
    return (
      deps.terminalFile?.(request.terminalId, request.path) ??
      Promise.resolve(reject('unavailable', 'Files of terminals are not opened here.'))
    );
  };
  return async (request: FolderRequest) => {
    const place = request.what === 'data' ? 'files' : request.what === 'terminal' ? 'editor' : request.in;
    const found = await find(request);
    if (!found.ok) return found;
    const { folder, file } = found.value;
    const at: FilePlace | undefined =
      file === undefined
        ? undefined
        : { path: file, ...(request.what === 'terminal' && { line: request.line, column: request.column }) };
    const chosen = place === 'files' ? accept(null) : await deps.chosen(`desktop.${place}`);
    return chosen.ok ? openFolder(folder, place, chosen.value, at) : chosen;
  };
}
