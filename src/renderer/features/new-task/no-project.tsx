import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { projectDialogOpen } from '../../app/window-state.ts';
import { actOnce } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { labels } from './labels.ts';

interface NoProjectProps {
  /** Whether somebody has tried to go on without one. */
  isMissed: boolean;
  onAdded(projectId: string): void;
}

/** Where there is no project to choose: the ways to one, right here. */
export function NoProject({ isMissed, onAdded }: NoProjectProps) {
  const client = useClient();
  const [busy, setBusy] = useState(false);

  async function addSample(): Promise<void> {
    setBusy(true);
    const project = await actOnce(() => client.projects.sample());
    setBusy(false);
    if (project !== null) onAdded(project.id);
  }

  return (
    <Group gap="xs" mt="xs">
      <Text size="sm" c={isMissed ? 'var(--drover-danger)' : 'dimmed'} role={isMissed ? 'alert' : undefined}>
        {labels.needsProject}
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => projectDialogOpen.set(true)}>
        {labels.addProject}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" loading={busy} onClick={() => void addSample()}>
        {labels.useSample}
      </Button>
    </Group>
  );
}
