import { Button, CloseButton } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SystemStatus } from '../../../contract/system/state.ts';
import { goHome, openTask } from '../../app/window-state.ts';
import { useConnectionState, useStore, useTaskList } from '../../state/hooks.ts';
import { Bar } from '../../ui/bar.tsx';
import { labels as shared } from '../../ui/labels.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { labels } from './labels.ts';

const SEEN = 'restart-seen';

/** Says once, until it is dismissed, that the Drover before this one was killed, and what became of its tasks. */
export function RestartNotice() {
  const { client } = useStore();
  const { loaded } = useTaskList();
  const connected = useConnectionState() === 'connected';
  const [status, setStatus] = useState<SystemStatus | null>(null);
  const [seen, setSeen] = useState(() => readStored(SEEN));
  useEffect(() => {
    // After the board is drawn; the one that is reached after a lost connection may be another Drover.
    if (loaded && connected) client.system.status().then(setStatus, () => {});
  }, [client, loaded, connected]);

  const recovered = status?.recovered ?? null;
  const start = String(status?.startedAt ?? '');
  const isShown = recovered !== null && seen !== start;
  function dismiss(): void {
    writeStored(SEEN, start);
    setSeen(start);
  }
  function view(): void {
    const [first, ...more] = recovered?.taskIds ?? [];
    if (first !== undefined && more.length === 0) openTask(first);
    else goHome();
    dismiss();
  }
  return (
    <div role="status" aria-live="polite">
      {isShown && (
        <Bar icon={<RotateCw size="1.1em" aria-hidden />}>
          <span>{labels.recovered(recovered.taskIds.length, recovered.resumed)}</span>
          <Button size="compact-sm" variant="subtle" onClick={view}>
            {labels.recoveredView}
          </Button>
          <CloseButton size="sm" ml="auto" aria-label={shared.dismiss} onClick={dismiss} />
        </Bar>
      )}
    </div>
  );
}
