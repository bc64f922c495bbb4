import { ActionIcon, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useState } from 'react';
import { labels } from './labels.ts';
import classes from './terminal.module.css';

interface FindBarProps {
  /** Shows the next place that has the text; false when there is none. */
  onFind(text: string, direction: 'next' | 'previous'): boolean;
  onClose(): void;
}

/** Finds text in what a terminal has shown. */
export function FindBar({ onFind, onClose }: FindBarProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState(true);
  const find = (direction: 'next' | 'previous') => setFound(text === '' || onFind(text, direction));
  return (
    <Group gap="xs" wrap="nowrap" className={classes.find}>
      <TextInput
        size="xs"
        data-autofocus
        ref={(input) => input?.focus()}
        aria-label={labels.findText}
        placeholder={labels.findText}
        value={text}
        className={classes.findText}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFound(true);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find(event.shiftKey ? 'previous' : 'next');
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      />
      {!found && (
        <Text size="xs" c="dimmed" role="status">
          {labels.noMatch}
        </Text>
      )}
      <Tooltip label={labels.previous}>
        <ActionIcon variant="subtle" color="gray" aria-label={labels.previous} onClick={() => find('previous')}>
          <ChevronUp size="1em" aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={labels.next}>
        <ActionIcon variant="subtle" color="gray" aria-label={labels.next} onClick={() => find('next')}>
          <ChevronDown size="1em" aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ActionIcon variant="subtle" color="gray" aria-label={labels.closeFind} onClick={onClose}>
        <X size="1em" aria-hidden />
      </ActionIcon>
    </Group>
  );
}
