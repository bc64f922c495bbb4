import { Loader } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useConnectionState } from '../../state/hooks.ts';
import { Bar } from '../../ui/bar.tsx';
import { labels } from './labels.ts';

const WORDS = {
  connecting: null,
  connected: null,
  reconnecting: labels.reconnecting,
  'signed-out': labels.signedOut,
} as const;

/** Says that what is shown may be old, while the window has no connection. */
export function ConnectionBanner() {
  const state = useConnectionState();
  const words = WORDS[state];
  const icon = state === 'reconnecting' ? <Loader size="xs" aria-hidden /> : <Unplug size="1.1em" aria-hidden />;
  return (
    <div role="status" aria-live="polite">
      {words && (
        <Bar tone="needs" icon={icon}>
          {words}
        </Bar>
      )}
    </div>
  );
}
