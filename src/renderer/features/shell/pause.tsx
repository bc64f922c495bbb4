import { Button, NavLink, Text } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import type { Client } from '../../../contract/client.ts';
import { actOnce } from '../../state/act.ts';
import { useClient, useSetting } from '../../state/hooks.ts';
import classes from './shell.module.css';

function setPaused(client: Client, paused: boolean): void {
  void actOnce(() => client.settings.set({ key: 'task.paused', value: paused }));
}

/** Says that nothing starts, and lets it go on; nothing when Drover is not paused. */
export function PauseBanner() {
  const client = useClient();
  const paused = useSetting('task.paused') === true;
  return (
    <div role="status" aria-live="polite">
      {paused && (
        <div className={classes.banner}>
          <Pause size="1.1em" aria-hidden />
          <Text size="sm">
            <Text span size="sm" fw={600}>
              Drover is paused.
            </Text>{' '}
            Nothing starts.
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setPaused(client, false)}>
            Go on
          </Button>
        </div>
      )}
    </div>
  );
}

/** Stops everything from starting, or lets it go on. */
export function PauseButton() {
  const client = useClient();
  const paused = useSetting('task.paused') === true;
  const Icon = paused ? Play : Pause;
  return (
    <NavLink
      component="button"
      className={classes.link}
      label={paused ? 'Go on' : 'Pause everything'}
      leftSection={<Icon size="1.1em" aria-hidden />}
      title={paused ? undefined : 'Nothing starts, and what runs goes back into the queue'}
      onClick={() => setPaused(client, !paused)}
    />
  );
}
