import { Button, Group, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { Client } from '../../../contract/client.ts';
import type { Terminal } from '../../../contract/terminal/state.ts';
import { actOnce } from '../../state/act.ts';
import { labels } from './labels.ts';

/** As long as a name may be. */
const LONGEST = 100;

/** Asks what a terminal is to be called. */
export function askName(client: Client, terminal: Terminal): void {
  const modalId = modals.open({
    title: labels.renameTitle,
    closeButtonProps: { 'aria-label': labels.cancel },
    children: <RenameForm client={client} terminal={terminal} onDone={() => modals.close(modalId)} />,
  });
}

function RenameForm({ client, terminal, onDone }: { client: Client; terminal: Terminal; onDone(): void }) {
  const [name, setName] = useState(terminal.name);
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        if (await actOnce(() => client.terminals.rename({ terminalId: terminal.id, name }))) onDone();
      }}
    >
      <TextInput
        data-autofocus
        label={labels.name}
        maxLength={LONGEST}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onDone}>
          {labels.cancel}
        </Button>
        <Button type="submit" disabled={name.trim() === ''}>
          {labels.save}
        </Button>
      </Group>
    </form>
  );
}
