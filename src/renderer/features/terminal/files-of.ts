import type { Client } from '../../../contract/client.ts';
import { actOnce } from '../../state/act.ts';
import { openFolder } from '../../state/open-folder.ts';
import { notifyDone } from '../../ui/notify.ts';
import { askToOpenFile } from './ask.tsx';
import type { FileLinks } from './file-links.ts';
import { pathInside } from './file-paths.logic.ts';

/** The files in the folder of a terminal as links: Drover says which are there and in it, and opens them at their line. */
export function filesOf(client: Client, terminalId: string, folder: string): FileLinks {
  async function open(path: string, line: number, column: number | undefined): Promise<void> {
    const opened = await actOnce(() => openFolder(client, { what: 'terminal', terminalId, path, line, column }));
    if (opened) notifyDone(opened.words);
  }
  return {
    async isThere({ path }) {
      const inside = pathInside(path, folder);
      if (inside === null) return false;
      return client.terminals.file({ terminalId, path: inside }).then(
        () => true,
        () => false,
      );
    },
    open({ path, line, column, words }) {
      const inside = pathInside(path, folder);
      if (inside !== null) askToOpenFile(words, () => void open(inside, line, column));
    },
  };
}
