import { Button } from '@mantine/core';
import { Pause } from 'lucide-react';
import { ago } from '../../../contract/words/measure.ts';
import { describePause } from '../../../contract/words/pause.ts';
import { act } from '../../state/act.ts';
import { useNow, useStore, useValue } from '../../state/hooks.ts';
import type { Store } from '../../state/store.ts';
import { Bar } from '../../ui/bar.tsx';
import { labels } from './labels.ts';

/** Pauses everything, or resumes it. */
export function setPaused({ client, connection }: Pick<Store, 'client' | 'connection'>, paused: boolean): void {
  const from = connection.desktop === null ? 'browser' : 'window';
  void act((id) => client.pause[paused ? 'begin' : 'end']({ ...id, from }));
}

/** Says that nothing starts, since when and who paused it, and resumes it; nothing when Drover is not paused. */
export function PauseBanner() {
  const store = useStore();
  const pause = useValue(store.pause);
  const paused = pause?.paused === true;
  const now = useNow(paused, 60_000);
  return (
    <div role="status" aria-live="polite">
      {paused && (
        <Bar icon={<Pause size="1.1em" aria-hidden />}>
          <span>
            <strong>{labels.paused}</strong>{' '}
            {pause.since && labels.pausedBy(describePause(pause.since), ago(pause.since.at, now))}
            {labels.nothingStarts}
          </span>
          <Button size="compact-sm" variant="default" onClick={() => setPaused(store, false)}>
            {labels.resume}
          </Button>
        </Bar>
      )}
    </div>
  );
}
