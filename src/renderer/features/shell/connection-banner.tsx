import { Loader, Text } from '@mantine/core';
import { useConnectionState } from '../../state/hooks.ts';
import classes from './shell.module.css';

const WORDS = {
  connecting: null,
  connected: null,
  reconnecting: 'The connection to Drover is lost. This window reconnects automatically.',
  'signed-out': 'This browser is no longer signed in. Run “drover open” to get a new link.',
} as const;

export function ConnectionBanner() {
  const state = useConnectionState();
  const words = WORDS[state];
  return (
    <div role="status" aria-live="polite">
      {words && (
        <div className={classes.banner}>
          {state === 'reconnecting' && <Loader size="xs" aria-hidden />}
          <Text size="sm">{words}</Text>
        </div>
      )}
    </div>
  );
}
