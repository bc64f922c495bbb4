import { UnstyledButton } from '@mantine/core';
import { ChevronRight, History } from 'lucide-react';
import type { Run } from '../../../../contract/run/state.ts';
import { span } from '../../../../contract/words/measure.ts';
import { runWord } from '../../../../contract/words/state.ts';
import { labels } from '../labels.ts';
import classes from './conversation.module.css';
import type { EarlierRun } from './runs.logic.ts';

/** The line of an earlier run: how it ended and how long it took. Opens to what happened in it. */
export function EarlierRunLine({ line, run, onToggle }: { line: EarlierRun; run: Run | undefined; onToggle(): void }) {
  const took = run?.settledAt == null ? null : span(run.settledAt - run.startedAt);
  const ended = run ? runWord(run).toLowerCase() : null;
  return (
    <UnstyledButton className={classes.earlier} aria-expanded={line.open} onClick={onToggle}>
      <History size="1em" aria-hidden />
      {labels.conversation.earlierRun(line.run, ended, run?.retriesSpent ?? 0, took)}
      <ChevronRight size="0.9em" aria-hidden className={classes.chevron} data-open={line.open || undefined} />
    </UnstyledButton>
  );
}
