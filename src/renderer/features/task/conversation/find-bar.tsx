import { ActionIcon, Group, Text, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { labels } from '../labels.ts';
import classes from '../task.module.css';

export interface FindBarProps {
  query: string;
  onQuery(query: string): void;
  /** Which match is shown, from 0 at the newest; -1 where there is none. */
  at: number;
  count: number;
  searching: boolean;
  /** Changes whenever the keys for finding were pressed. */
  asked: number;
  /** Towards older matches, or with -1 towards newer ones. */
  onStep(by: 1 | -1): void;
  onClose(): void;
}

/** Where words are typed that are looked for in a conversation. */
export function FindBar({ query, onQuery, at, count, searching, asked, onStep, onClose }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again whenever the keys were pressed.
  useEffect(() => field.current?.select(), [asked]);
  const { find } = labels;
  const told = count > 0 ? find.at(at + 1, count, searching ? '…' : '') : searching ? find.searching : find.none;
  return (
    <Group className={classes.find} gap="xs" wrap="nowrap" role="search">
      <TextInput
        ref={field}
        size="xs"
        flex={1}
        data-autofocus
        autoFocus
        aria-label={find.field}
        placeholder={find.field}
        maxLength={200}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') {
            event.stopPropagation();
            onClose();
          }
        }}
      />
      <Text size="xs" c="dimmed" aria-live="polite" style={{ whiteSpace: 'nowrap' }}>
        {query.trim() === '' ? '' : told}
      </Text>
      {(
        [
          [find.older, ArrowUp, () => onStep(1)],
          [find.newer, ArrowDown, () => onStep(-1)],
          [find.close, X, onClose],
        ] as const
      ).map(([name, Icon, act]) => (
        <ActionIcon key={name} size="sm" variant="subtle" color="gray" aria-label={name} onClick={act}>
          <Icon size="1em" aria-hidden />
        </ActionIcon>
      ))}
    </Group>
  );
}
