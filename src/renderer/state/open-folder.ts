import type { Client } from '../../contract/client.ts';
import type { FolderRequest } from '../../contract/desktop.ts';

/**
 * Opens a folder that Drover names, on the desktop that this page is on: the desktop app does that where there is one; a
 * browser may not, and asks the host that serves the page. Rejects with a sentence.
 */
export async function openFolder(client: Client, request: FolderRequest): Promise<{ words: string }> {
  const { desktop } = window;
  if (!desktop) {
    if (request.what === 'data') return client.data.open();
    if (request.what === 'terminal') {
      const { terminalId, path, line, column } = request;
      return client.terminals.openFile({ terminalId, path, line, column });
    }
    return client.workspaces.open({ workspaceId: request.workspaceId, in: request.in, path: request.path });
  }
  const opened = await desktop.openFolder(request);
  if (!opened.ok) throw new Error(opened.rejection.message);
  return opened.value;
}
