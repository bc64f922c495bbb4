import { Button, Group, Text } from '@mantine/core';
import { useContext } from 'react';
import {
  ACTION_NAMES,
  ACTIONS,
  type ActionName,
  conflictOf,
  fixedUseOf,
  KEY_CONTEXTS,
  type KeyContext,
  keymapOf,
  withKeys,
} from '../../../app/actions.logic.ts';
import { keymap } from '../../../app/actions.ts';
import { useSettings, useStore, useValue } from '../../../state/hooks.ts';
import { onMac, refusalOf, writeKeys } from '../../../ui/keys.logic.ts';
import { fits } from '../find.logic.ts';
import { KeyField } from '../key-field.tsx';
import { labels } from '../labels.ts';
import { Marked, Said, SearchContext } from '../row.tsx';
import classes from '../settings.module.css';
import { useSave } from '../use-save.ts';

/** The actions that fit what is searched for. */
export function findActions(words: readonly string[]): ActionName[] {
  const map = keymap.get();
  return ACTION_NAMES.filter((name) => {
    const keys = map[name];
    return fits(words, 'Shortcuts keys', ACTIONS[name].words, KEY_CONTEXTS[ACTIONS[name].place], name, keysText(keys));
  });
}

function keysText(keys: string | null): string {
  return keys === null ? 'none' : `${keys} ${writeKeys(keys, onMac)}`;
}

/** Every action with its keys, to be changed by pressing others. */
export function Shortcuts() {
  const { client } = useStore();
  const changed = useSettings()?.find(({ key }) => key === 'window.keys')?.value;
  const words = useContext(SearchContext);
  const found = findActions(words);
  const reset = useSave(() => client.settings.set({ key: 'window.keys', value: {} }));
  const some = Object.keys(changed ?? {}).length > 0;
  return (
    <>
      {(Object.keys(KEY_CONTEXTS) as KeyContext[]).map((place) => {
        const names = found.filter((name) => ACTIONS[name].place === place);
        if (names.length === 0) return null;
        return (
          <div key={place}>
            <Text component="h3" size="sm" fw={600} mb="xs" mt={0}>
              {KEY_CONTEXTS[place]}
            </Text>
            <div className={classes.card}>
              {names.map((name) => (
                <ActionKeys key={name} name={name} changed={changed} />
              ))}
            </div>
          </div>
        );
      })}
      {words.length === 0 && (
        <Group justify="space-between">
          <Text size="xs" c="dimmed" flex={1}>
            {labels.keysHint}
          </Text>
          <Said state={reset.state} />
          <Button size="compact-sm" variant="default" disabled={!some} onClick={() => void reset.save(undefined)}>
            {labels.resetAllKeys}
          </Button>
        </Group>
      )}
    </>
  );
}

function ActionKeys({ name, changed }: { name: ActionName; changed: unknown }) {
  const { client, connection } = useStore();
  const map = useValue(keymap);
  const { words, keys: builtIn } = ACTIONS[name];
  const save = useSave((keys: string | null) =>
    client.settings.set({ key: 'window.keys', value: withKeys(changed, name, keys) }),
  );
  const keys = map[name];
  const clash = keys === null ? null : conflictOf(map, name, keys);
  const label = words;

  /** Against the keys as they are stored now. */
  function refuse(next: string): string | null {
    const refusal = refusalOf(next, connection.desktop === null);
    if (refusal !== null) return refusal;
    const fixed = fixedUseOf(name, next);
    if (fixed !== null) return labels.keysFixed(writeKeys(next, onMac), fixed);
    const other = conflictOf(keymapOf(changed), name, next);
    return other && labels.keysTaken(writeKeys(next, onMac), ACTIONS[other].words);
  }
  return (
    <div className={classes.keyRow} data-action={name}>
      <Text size="sm">
        <Marked>{label}</Marked>
        {clash && (
          <Text span size="xs" c="var(--drover-needs)">
            {' '}
            {labels.sameKeys(ACTIONS[clash].words)}
          </Text>
        )}
      </Text>
      <Group gap="xs" wrap="nowrap">
        {keys !== builtIn && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={labels.resetKeysOf(label)}
            onClick={() => {
              const words = builtIn && refuse(builtIn);
              if (words) save.refuse(words);
              else void save.save(builtIn);
            }}
          >
            {labels.reset}
          </Button>
        )}
        <KeyField
          invalid={save.state.kind === 'refused'}
          label={label}
          keys={keys}
          refuse={refuse}
          onRefused={save.refuse}
          onChange={(next) => void save.save(next)}
        />
      </Group>
      <div style={{ gridColumn: '1 / -1', textAlign: 'end' }}>
        <Said state={save.state} />
      </div>
    </div>
  );
}
