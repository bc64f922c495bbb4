import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { wordsOf } from '../../state/act.ts';
import { useSession } from '../../state/hooks.ts';

export interface ProjectFormProps {
  onAdded(projectId: string): void;
}

/** Adds a git repository by its path. */
export function ProjectForm({ onAdded }: ProjectFormProps) {
  const { client } = useSession();
  const [path, setPath] = useState('');
  const [trusted, setTrusted] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function add(): Promise<void> {
    if (path.trim() === '') {
      setProblem('Give the folder of a git repository.');
      return;
    }
    setBusy(true);
    try {
      onAdded((await client.projects.add({ path: path.trim(), trusted })).id);
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        data-autofocus
        label="Folder"
        description="The full path of a git repository on this machine."
        placeholder="/home/you/code/project"
        value={path}
        error={problem}
        onChange={(event) => {
          setPath(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Checkbox
        label="I trust this repository"
        description="Then its own hooks, MCP servers and agent settings may run on this machine. Leave it off for code you have not read: tasks still work."
        checked={trusted}
        onChange={(event) => setTrusted(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button type="submit" loading={busy}>
          Add project
        </Button>
      </Group>
    </Stack>
  );
}
