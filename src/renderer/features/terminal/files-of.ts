import type { Client } from '../../../contract/client.ts';
import { actOnce } from '../../state/act.ts';
import { openFolder } from '../../state/open-folder.ts';
import { notifyDone } from '../../ui/notify.ts';
import { askToOpenFile } from './ask.tsx';
import type { FileLinks } from './file-links.ts';
import { pathInside } from './file-paths.logic.ts';

/** The files of a workspace as links: Drover says which are there and in it, and opens them as it does a changed file. */
export function filesOf(client: Client, workspaceId: string, folder: string): FileLinks {
  async function open(path: string): Promise<void> {
    const opened = await actOnce(() => openFolder(client, { what: 'workspace', workspaceId, in: 'editor', path }));
    if (opened) notifyDone(opened.words);
  }
  return {
    async isThere({ path }) {
      const inside = pathInside(path, folder);
      if (inside === null) return false;
      return client.workspaces.folder({ workspaceId, path: inside }).then(
        () => true,
        () => false,
      );
    },
    open({ path, words }) {
      const inside = pathInside(path, folder);
      if (inside !== null) askToOpenFile(words, () => void open(inside));
    },
  };
}
