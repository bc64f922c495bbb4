import { Button, Group, Text, TextInput } from '@mantine/core';
import { useNow } from '../../state/hooks.ts';
import { morningAfter, readLocalTime, untilWords } from './quiet.logic.ts';
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
        <Text size="sm">Until {untilWords(value, now)}</Text>
        <Button size="compact-sm" variant="light" onClick={() => void onChange(null)}>
          End now
        </Button>
      </Group>
    );
  }
  return (
    <Group justify="flex-end" gap="xs" role="group" {...naming}>
      <Button size="compact-sm" variant="default" onClick={() => void onChange(Date.now() + HOUR)}>
        For an hour
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => void onChange(morningAfter(Date.now()))}>
        Until tomorrow
      </Button>
      <TextInput
        type="datetime-local"
        size="xs"
        aria-label="Do not disturb until"
        onBlur={(event) => {
          const at = readLocalTime(event.currentTarget.value, Date.now());
          if (at !== null) void onChange(at);
        }}
      />
    </Group>
  );
}
