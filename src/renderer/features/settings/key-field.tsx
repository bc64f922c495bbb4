import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { keysOf, onMac, writeKeys } from '../../ui/keys.logic.ts';
import { Keys } from '../../ui/keys.tsx';
import { labels } from './labels.ts';
import classes from './settings.module.css';

export interface KeyFieldProps {
  /** The id of what explains it. */
  describedBy?: string;
  invalid: boolean;
  /** What the keys do. */
  label: string;
  keys: string | null;
  /** Why these keys cannot be taken; null when they can. */
  refuse(keys: string): string | null;
  onRefused(words: string): void;
  /** Null takes the keys away. */
  onChange(keys: string | null): void;
}

/** Keys that are changed by pressing others: Enter or a click begins, Escape leaves them as they were. */
export function KeyField({ describedBy, invalid, label, keys, refuse, onRefused, onChange }: KeyFieldProps) {
  const [recording, setRecording] = useState(false);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (!recording || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const pressed = keysOf(event, onMac);
    if (pressed === null) return;
    const words = pressed === 'escape' ? null : refuse(pressed);
    if (words !== null) {
      onRefused(words);
      return;
    }
    setRecording(false);
    if (pressed !== 'escape' && pressed !== keys) onChange(pressed);
  }

  const shown = recording ? labels.pressKeys : keys === null ? labels.noKeys : writeKeys(keys, onMac);
  return (
    <div className={classes.keyButtons}>
      <UnstyledButton
        aria-describedby={describedBy}
        data-invalid={invalid || undefined}
        className={classes.keys}
        data-own-keys=""
        data-recording={recording || undefined}
        aria-label={labels.keysOf(label, shown)}
        aria-pressed={recording}
        onClick={() => setRecording(true)}
        onBlur={() => setRecording(false)}
        onKeyDown={onKeyDown}
      >
        {recording || keys === null ? shown : <Keys keys={keys} />}
      </UnstyledButton>
      {keys !== null && !recording && (
        <Tooltip label={labels.removeKeys}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={labels.removeKeysOf(label)}
            onClick={() => onChange(null)}
          >
            <X size="1em" aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
