import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '../../state/act.ts';
import { useStore } from '../../state/hooks.ts';
import { HelpHint } from '../../ui/help-hint.tsx';
import { problemOfFolder } from './folder.logic.ts';
import { labels } from './labels.ts';
import classes from './project-form.module.css';

export interface ProjectFormProps {
  onAdded(projectId: string): void;
}

/** Adds a git repository: its folder is dropped, picked or typed, and trust is asked with what it means. */
export function ProjectForm({ onAdded }: ProjectFormProps) {
  const { client, connection } = useStore();
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
    else setProblem(labels.browserCannotTell);
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
          aria-label={labels.folder}
          description={desktop ? labels.folderHint : labels.folderHintBrowser}
          placeholder={labels.folderExample}
          spellCheck={false}
          autoComplete="off"
          value={path}
          error={problem}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        {desktop && (
          <Button
            flex="none"
            variant="default"
            leftSection={<FolderOpen size="1em" aria-hidden />}
            onClick={() => void desktop.pickFolder().then((folder) => folder !== null && choose(folder))}
          >
            {labels.chooseFolder}
          </Button>
        )}
      </Group>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Checkbox
            label={labels.trust}
            checked={trusted}
            onChange={(event) => setTrusted(event.currentTarget.checked)}
          />
          <HelpHint label={labels.trustHelp}>{labels.trustMeaning}</HelpHint>
        </Group>
        <Button type="submit" loading={busy} disabled={path.trim() === ''}>
          {labels.add}
        </Button>
      </Group>
    </Stack>
  );
}
