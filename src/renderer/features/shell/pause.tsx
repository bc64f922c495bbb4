import { Button, NavLink, Text } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import { ago } from '../../../contract/words/measure.ts';
import { describePause } from '../../../contract/words/pause.ts';
import { act } from '../../state/act.ts';
import { useNow, useSession, useValue } from '../../state/hooks.ts';
import type { Session } from '../../state/session.ts';
import classes from './shell.module.css';

/** Pauses everything, or resumes it. */
export function setPaused({ client, connection }: Pick<Session, 'client' | 'connection'>, paused: boolean): void {
  const from = connection.desktop === null ? 'browser' : 'window';
  void act((id) => client.pause[paused ? 'begin' : 'end']({ ...id, from }));
}

/** Says that nothing starts, since when and who paused it, and resumes it; nothing when Drover is not paused. */
export function PauseBanner() {
  const session = useSession();
  const pause = useValue(session.pause);
  const paused = pause?.paused === true;
  const now = useNow(paused, 60_000);
  return (
    <div role="status" aria-live="polite">
      {paused && (
        <div className={classes.banner}>
          <Pause size="1.1em" aria-hidden />
          <Text size="sm">
            <Text span size="sm" fw={600}>
              Drover is paused.
            </Text>{' '}
            {pause.since ? `${describePause(pause.since)}, ${ago(pause.since.at, now)}. ` : ''}Nothing starts.
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setPaused(session, false)}>
            Resume
          </Button>
        </div>
      )}
    </div>
  );
}

/** Stops everything from starting, or resumes it. */
export function PauseButton() {
  const session = useSession();
  const pause = useValue(session.pause);
  const paused = pause?.paused === true;
  const Icon = paused ? Play : Pause;
  return (
    <NavLink
      component="button"
      className={classes.link}
      label={paused ? 'Resume' : 'Pause everything'}
      leftSection={<Icon size="1.1em" aria-hidden />}
      title={paused ? undefined : 'Nothing starts, and what runs goes back into the queue'}
      onClick={() => setPaused(session, !paused)}
    />
  );
}
