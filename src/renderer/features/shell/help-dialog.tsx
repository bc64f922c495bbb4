import { Kbd, Modal, Table } from '@mantine/core';
import { useValue } from '../../state/hooks.ts';
import { helpOpen } from '../../ui/window-state.ts';
import { KEYS } from './shell-keys.ts';

export function HelpDialog() {
  const open = useValue(helpOpen);
  return (
    <Modal
      opened={open}
      onClose={() => helpOpen.set(false)}
      title="Keys"
      closeButtonProps={{ 'aria-label': 'Close keys' }}
    >
      <Table verticalSpacing="xs">
        <Table.Tbody>
          {KEYS.map(({ keys, does }) => (
            <Table.Tr key={keys}>
              <Table.Td>
                <Kbd>{keys}</Kbd>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
