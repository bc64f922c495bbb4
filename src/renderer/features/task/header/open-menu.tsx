import { Button, Menu } from '@mantine/core';
import { ChevronDown, FolderOpen, SquarePen, Terminal } from 'lucide-react';
import type { FolderPlace } from '../../../../contract/desktop.ts';
import { actOnce } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { openFolder } from '../../../state/open-folder.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { labels } from '../labels.ts';

const PLACES: readonly { where: FolderPlace; Icon: typeof Terminal }[] = [
  { where: 'editor', Icon: SquarePen },
  { where: 'terminal', Icon: Terminal },
  { where: 'files', Icon: FolderOpen },
];

/** Opens the workspace of a task in the person's own programs. */
export function OpenMenu({ workspaceId }: { workspaceId: string }) {
  const client = useClient();
  async function open(where: FolderPlace): Promise<void> {
    const done = await actOnce(() => openFolder(client, { what: 'workspace', workspaceId, in: where }));
    if (done) notifyDone(done.words);
  }
  return (
    <Menu position="bottom-end" withinPortal returnFocus>
      <Menu.Target>
        <Button size="compact-sm" variant="default" rightSection={<ChevronDown size="1em" aria-hidden />}>
          {labels.open.menu}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PLACES.map(({ where, Icon }) => (
          <Menu.Item key={where} leftSection={<Icon size="1em" aria-hidden />} onClick={() => void open(where)}>
            {labels.open[where]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
