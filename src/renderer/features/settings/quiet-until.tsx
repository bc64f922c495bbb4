import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNow } from '../../state/hooks.ts';
import { labels } from './labels.ts';
import { morningAfter, readClock, untilWords } from './quiet.logic.ts';
import type { Naming } from './row.tsx';

const HOUR = 3_600_000;

export interface QuietUntilProps {
  value: number | null;
  naming: Naming;
  onChange(value: number | null): Promise<boolean>;
}

/** Quiet for a while: the usual spans by one click, any other time by writing it. */
export function QuietUntil({ value, naming, onChange }: QuietUntilProps) {
  const now = useNow(value !== null, 60_000);
  if (value !== null && value > now) {
    return (
      <Group justify="flex-end" gap="xs" role="group" {...naming}>
        <Text size="sm">{labels.quietUntil(untilWords(value, now))}</Text>
        <Button size="compact-sm" variant="light" onClick={() => void onChange(null)}>
          {labels.endNow}
        </Button>
      </Group>
    );
  }
  return (
    <Group justify="flex-end" gap="xs" role="group" {...naming}>
      <Button size="compact-sm" variant="default" onClick={() => void onChange(Date.now() + HOUR)}>
        {labels.forAnHour}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => void onChange(morningAfter(Date.now()))}>
        {labels.untilTomorrow}
      </Button>
      <ClockField onTime={(at) => void onChange(at)} />
    </Group>
  );
}

function ClockField({ onTime }: { onTime(at: number): void }) {
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  function take(): void {
    const at = readClock(typed, Date.now());
    setIsWrong(at === null && typed.trim() !== '');
    if (at !== null) onTime(at);
  }
  return (
    <TextInput
      size="xs"
      w="9rem"
      aria-label={labels.quietField}
      placeholder={labels.quietExample}
      value={typed}
      error={isWrong && labels.quietUnreadable}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}
