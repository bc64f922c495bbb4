import { UnstyledButton } from '@mantine/core';
import { ArrowDown } from 'lucide-react';
import { labels } from './labels.ts';
import classes from './task.module.css';

/** Leads back to the end, and says how much has come there since. */
export function LatestButton({ count, onClick }: { count: number; onClick(): void }) {
  const { latest, latestWithNew, newRows } = labels.conversation;
  return (
    <UnstyledButton
      className={classes.latest}
      aria-label={count > 0 ? latestWithNew(count) : latest}
      title={latest}
      onClick={onClick}
    >
      {count > 0 && newRows(count)}
      <ArrowDown size="1em" aria-hidden />
    </UnstyledButton>
  );
}
