import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '../../state/act.ts';
import { useSession } from '../../state/hooks.ts';
import { problemOfFolder } from './folder.logic.ts';
import classes from './project-form.module.css';

export interface ProjectFormProps {
  onAdded(projectId: string): void;
}

/** Adds a git repository: its folder is dropped, picked or typed, and trust is asked with what it means. */
export function ProjectForm({ onAdded }: ProjectFormProps) {
  const { client, connection } = useSession();
  const { desktop } = connection;
  const [path, setPath] = useState('');
  const [trusted, setTrusted] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [dragged, setDragged] = useState(false);

  function choose(folder: string): void {
    setPath(folder);
    setProblem(null);
  }

  async function add(): Promise<void> {
    const wrong = problemOfFolder(path);
    if (wrong !== null) return setProblem(wrong);
    setBusy(true);
    try {
      onAdded((await client.projects.add({ path: path.trim(), trusted })).id);
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }

  function onDrop(event: React.DragEvent): void {
    event.preventDefault();
    setDragged(false);
    const [file] = event.dataTransfer.files;
    const folder = file && desktop?.pathOf(file);
    if (folder) choose(folder);
    else setProblem('A browser cannot tell where a folder is. Type its path, or use the desktop app.');
  }

  return (
    <Stack
      gap="sm"
      component="form"
      className={classes.form}
      data-dragged={dragged || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDragged(true);
      }}
      onDragLeave={() => setDragged(false)}
      onDrop={onDrop}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          data-autofocus
          flex={1}
          label="Folder"
          description={
            desktop
              ? 'Drop the folder of a git repository here, pick it, or type its full path.'
              : 'The full path of a git repository on the machine where Drover runs.'
          }
          placeholder="/home/you/code/project"
          spellCheck={false}
          autoComplete="off"
          value={path}
          error={problem}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        {desktop && (
          <Button
            mt="1.6rem"
            variant="default"
            leftSection={<FolderOpen size="1em" aria-hidden />}
            onClick={() => void desktop.pickFolder().then((folder) => folder !== null && choose(folder))}
          >
            Pick
          </Button>
        )}
      </Group>
      <Checkbox
        label="I trust this repository"
        description="Then its own hooks, MCP servers and agent settings may run on this machine, with all that you may do. Leave it off for code you have not read: tasks still work, and you can change it later."
        checked={trusted}
        onChange={(event) => setTrusted(event.currentTarget.checked)}
      />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          Nothing in the folder is changed: agents work in copies on branches of their own.
        </Text>
        <Button type="submit" loading={busy}>
          Add project
        </Button>
      </Group>
    </Stack>
  );
}
