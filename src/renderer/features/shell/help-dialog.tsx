import { Button, Group, Modal, Text } from '@mantine/core';
import { useValue } from '../../state/hooks.ts';
import { ACTION_NAMES, ACTIONS, type ActionPlace, FIXED_KEYS, PLACE_WORDS } from '../../ui/actions.logic.ts';
import { keymap } from '../../ui/actions.ts';
import { Keys } from '../../ui/keys.tsx';
import { helpOpen, openSettings } from '../../ui/window-state.ts';
import classes from './help-dialog.module.css';

/** Every key that does something now, by where it counts. */
export function HelpDialog() {
  const open = useValue(helpOpen);
  const close = () => helpOpen.set(false);
  return (
    <Modal opened={open} onClose={close} title="Keys" size="xl" closeButtonProps={{ 'aria-label': 'Close keys' }}>
      <div className={classes.columns}>
        {(Object.keys(PLACE_WORDS) as ActionPlace[]).map((place) => (
          <Place key={place} place={place} />
        ))}
      </div>
      <Group justify="space-between" mt="md">
        <Text size="xs" c="dimmed">
          While you type, only keys with Ctrl or Cmd do something.
        </Text>
        <Button
          variant="light"
          size="compact-sm"
          onClick={() => {
            close();
            openSettings('shortcuts');
          }}
        >
          Change keys
        </Button>
      </Group>
    </Modal>
  );
}

function Place({ place }: { place: ActionPlace }) {
  const map = useValue(keymap);
  const rows = [
    ...ACTION_NAMES.flatMap((name) => {
      const keys = map[name];
      return ACTIONS[name].place === place && keys ? [{ words: ACTIONS[name].words, keys: [keys] }] : [];
    }),
    ...FIXED_KEYS.filter((fixed) => fixed.place === place),
  ];
  if (rows.length === 0) return null;
  return (
    <section className={classes.place}>
      <Text component="h3" size="sm" fw={600} mb="xs" mt={0}>
        {PLACE_WORDS[place]}
      </Text>
      <dl className={classes.keys}>
        {rows.map(({ words, keys }) => (
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
  );
}
