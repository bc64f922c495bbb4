import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { keymap } from '../../app/actions.ts';
import { helpOpen, openSettings } from '../../app/window-state.ts';
import { useValue } from '../../state/hooks.ts';
import { onMac } from '../../ui/keys.logic.ts';
import { Keys } from '../../ui/keys.tsx';
import { findShortcuts } from './help.logic.ts';
import classes from './help-dialog.module.css';
import { labels } from './labels.ts';

/** Every key that does something now, by where it counts. */
export function HelpDialog() {
  const open = useValue(helpOpen);
  return (
    <Modal
      opened={open}
      onClose={close}
      title={labels.help}
      size="xl"
      closeButtonProps={{ 'aria-label': labels.helpClose }}
    >
      <Shortcuts />
    </Modal>
  );
}

const close = () => helpOpen.set(false);

function Shortcuts() {
  const map = useValue(keymap);
  const [query, setQuery] = useState('');
  const groups = findShortcuts(map, query, onMac);
  return (
    <>
      <TextInput
        data-autofocus
        type="search"
        size="sm"
        mb="md"
        aria-label={labels.helpFilter}
        placeholder={labels.helpFilter}
        leftSection={<Search size="1em" aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <div className={classes.columns}>
        {groups.map(({ place, title, shortcuts }) => (
          <section key={place} className={classes.place}>
            <h3>{title}</h3>
            <dl className={classes.keys}>
              {shortcuts.map(({ words, keys }) => (
                <div key={words}>
                  <dt>{words}</dt>
                  <dd>
                    {keys.map((one) => (
                      <Keys key={one} keys={one} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Text size="sm" c="dimmed" role="status">
        {groups.length === 0 && labels.helpNone}
      </Text>
      <Group justify="space-between" mt="md">
        <Text size="xs" c="dimmed">
          {labels.helpHint}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            close();
            openSettings('shortcuts');
          }}
        >
          {labels.helpChange}
        </Button>
      </Group>
    </>
  );
}
