import { Text, ThemeIcon } from '@mantine/core';
import { Check, CircleAlert } from 'lucide-react';
import { WithCode } from '../../ui/with-code.tsx';
import type { Found } from './use-found.ts';
import classes from './welcome.module.css';

export function FoundLine({ name, good, words, problem }: Found) {
  return (
    <div className={classes.found}>
      <ThemeIcon size="sm" radius="xl" variant="light" color={good ? 'teal' : 'orange'}>
        {good ? <Check size="1em" aria-label="Ready" /> : <CircleAlert size="1em" aria-label="Not ready" />}
      </ThemeIcon>
      <div>
        <Text size="sm">
          <Text span inherit fw={550}>
            {name}
          </Text>{' '}
          <Text span inherit c="dimmed">
            {words}
          </Text>
        </Text>
        {problem !== null && (
          <Text size="sm">
            <WithCode text={problem} />
          </Text>
        )}
      </div>
    </div>
  );
}
