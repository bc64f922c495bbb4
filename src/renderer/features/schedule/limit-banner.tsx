import { Button } from '@mantine/core';
import { Hourglass } from 'lucide-react';
import { atWords } from '../../../contract/words/schedule.ts';
import { actOnce } from '../../state/act.ts';
import { useAgents, useClient } from '../../state/hooks.ts';
import { Bar } from '../../ui/bar.tsx';
import { labels } from './labels.ts';

/** Says of each agent that has reached a usage limit when its tasks continue, and continues them before. */
export function LimitBanner() {
  const client = useClient();
  const limited = (useAgents() ?? []).filter(({ limit }) => limit !== undefined);
  return (
    <div role="status" aria-live="polite">
      {limited.map(({ name, title, limit }) => (
        <Bar key={name} icon={<Hourglass size="1.1em" aria-hidden />}>
          <span>{labels.limit(title, atWords(limit?.until ?? 0, Date.now()))}</span>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void actOnce(() => client.agents.resume({ name }))}
          >
            {labels.resumeNow}
          </Button>
        </Bar>
      ))}
    </div>
  );
}
