import { Group, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ChangedFile, FileDiff, WorkspaceChanges } from '../../../contract/workspace/state.ts';
import { wordsOf } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { parseDiff } from './diff.logic.ts';
import { DiffView } from './diff-view.tsx';
import classes from './task.module.css';
import { visible } from './text.logic.ts';

const AT_MOST_EVERY_MS = 1000;
const LETTERS: Record<ChangedFile['status'], { letter: string; words: string }> = {
  added: { letter: 'A', words: 'added' },
  modified: { letter: 'M', words: 'modified' },
  deleted: { letter: 'D', words: 'deleted' },
  'type-changed': { letter: 'T', words: 'type changed' },
  conflicted: { letter: 'C', words: 'in conflict' },
  untracked: { letter: 'U', words: 'new, untracked' },
};

export interface ChangesProps {
  workspaceId: string;
  /** Another number whenever files may have changed. */
  tick: number;
}

/** What the workspace changes against the commit it began at, as it is now. */
export function Changes({ workspaceId, tick }: ChangesProps) {
  const client = useClient();
  const [changes, setChanges] = useState<WorkspaceChanges | null>(null);
  const [diff, setDiff] = useState<FileDiff | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const now = useThrottled(tick);
  const path = chosen ?? changes?.files[0]?.path ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again at every tick.
  useEffect(() => {
    let over = false;
    client.workspaces.changes({ workspaceId }).then(
      (found) => {
        if (over) return;
        setChanges(found);
        setProblem(null);
      },
      (error: unknown) => !over && setProblem(wordsOf(error)),
    );
    return () => {
      over = true;
    };
  }, [client, workspaceId, now]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again at every tick.
  useEffect(() => {
    if (path === null) return;
    let over = false;
    client.workspaces.fileDiff({ workspaceId, path }).then(
      (found) => !over && setDiff((before) => (before?.path === path && before.text === found.text ? before : found)),
      (error: unknown) => !over && setDiff({ path, text: '', words: wordsOf(error) }),
    );
    return () => {
      over = true;
    };
  }, [client, workspaceId, path, now]);

  const lines = useMemo(() => parseDiff(diff?.text ?? ''), [diff]);
  if (problem || !changes || changes.files.length === 0) {
    const words = problem ?? (changes ? 'Nothing has changed against the base commit.' : 'Asking git …');
    return (
      <Text size="sm" c="dimmed" p="md">
        {words}
      </Text>
    );
  }
  return (
    <div className={classes.changes}>
      <nav className={classes.files} aria-label="Changed files">
        {changes.files.map((file) => (
          <UnstyledButton
            key={file.path}
            className={classes.file}
            aria-current={file.path === path || undefined}
            onClick={() => setChosen(file.path)}
          >
            <span title={LETTERS[file.status].words}>{LETTERS[file.status].letter}</span>
            <span className={classes.path}>{visible(file.path)}</span>
            <Counts file={file} />
          </UnstyledButton>
        ))}
        {changes.total > changes.files.length && (
          <Text size="xs" c="dimmed">
            … and {changes.total - changes.files.length} more files
          </Text>
        )}
      </nav>
      {diff && diff.path === path && (
        <>
          {diff.words && (
            <Text size="xs" c="dimmed" px="md" py="xs">
              {diff.words}
            </Text>
          )}
          <DiffView key={path} lines={lines} label={`Differences of ${visible(path)}`} />
        </>
      )}
    </div>
  );
}

function Counts({ file }: { file: ChangedFile }) {
  if (file.insertions === null) return <span>binary</span>;
  return (
    <Group gap="0.4em" wrap="nowrap" component="span">
      <span style={{ color: 'var(--drover-teal)' }}>+{file.insertions}</span>
      <span style={{ color: 'var(--drover-red)' }}>−{file.deletions ?? 0}</span>
    </Group>
  );
}

/** Follows a number, at most once a second and only while the page is seen. */
function useThrottled(value: number): number {
  const [shown, setShown] = useState(value);
  const changedAt = useRef(0);
  useEffect(() => {
    if (value === shown) return;
    const take = () => {
      if (document.hidden) return;
      changedAt.current = Date.now();
      setShown(value);
    };
    const timer = setTimeout(take, Math.max(0, changedAt.current + AT_MOST_EVERY_MS - Date.now()));
    document.addEventListener('visibilitychange', take);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', take);
    };
  }, [value, shown]);
  return shown;
}
