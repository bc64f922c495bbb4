import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { linesWords } from '../../../contract/words/workspace.ts';
import type { FileDiff } from '../../../contract/workspace/diff.ts';
import type { ChangedFile, WorkspaceChanges } from '../../../contract/workspace/state.ts';
import { wordsOf } from '../../state/act.ts';
import { useClient, useSession, useValue } from '../../state/hooks.ts';
import { DiffView } from '../../ui/diff-view.tsx';
import { visible } from '../../ui/text.logic.ts';
import { sizes } from '../../ui/theme.ts';
import { createAsker } from './ask-again.ts';
import { diffRows, FILE_WORDS, sumWords } from './changes.logic.ts';
import own from './changes.module.css';
import classes from './task.module.css';
import { TONE_COLORS } from './tone.ts';

const MOST_LINES = 20_000;
const NO_FILES: FileDiff['files'] = [];

export interface ChangesProps {
  workspaceId: string;
  /** Another number whenever files may have changed. */
  tick: number;
}

/** What the workspace changes against its base, as both are now. */
export function Changes({ workspaceId, tick }: ChangesProps) {
  const client = useClient();
  const workspaces = useValue(useSession().workspaceChanges);
  const now = `${tick} ${workspaces}`;
  const [chosen, setChosen] = useState<string | null>(null);
  const { answer: changes, problem } = useAnswer<WorkspaceChanges>(workspaceId, now, () =>
    client.workspaces.changes({ workspaceId }),
  );
  const files = changes?.files ?? [];
  const file = files.find(({ path }) => path === chosen) ?? files[0];
  const first = file?.path ?? null;
  // What is looked at stays when other files come before it.
  useEffect(() => {
    if (first !== null) setChosen(first);
  }, [first]);
  if (problem || !changes || !file) {
    const words = problem ?? (changes ? 'Nothing has changed against the base.' : 'Loading the changes …');
    return (
      <Text size="sm" c="dimmed" p="md">
        {words}
      </Text>
    );
  }
  return (
    <div className={own.changes}>
      <Files files={files} total={changes.total} chosen={file.path} onChoose={setChosen} />
      <Difference workspaceId={workspaceId} path={file.path} now={now} />
    </div>
  );
}

interface FilesProps {
  files: readonly ChangedFile[];
  total: number;
  chosen: string;
  onChoose(path: string): void;
}

/** The files; arrow keys go from one to the next. */
function Files({ files, total, chosen, onChoose }: FilesProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = files.findIndex(({ path }) => path === chosen);
  const list = useVirtualizer({
    count: files.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => files[index]?.path ?? index,
    estimateSize: () => sizes.codeLine,
    overscan: 10,
  });
  function onKeyDown(event: React.KeyboardEvent): void {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: files.length - 1 }[event.key];
    const file = to === undefined ? undefined : files[to];
    if (to === undefined) return;
    event.preventDefault();
    if (!file) return;
    onChoose(file.path);
    list.scrollToIndex(to);
  }
  return (
    <div className={own.files}>
      <Text size="xs" c="dimmed" px="md" pb="0.25rem">
        {sumWords(files, total)}
        {total > files.length && `; the first ${files.length} are listed`}
      </Text>
      <div
        ref={box}
        className={own.fileList}
        role="listbox"
        tabIndex={0}
        aria-label="Changed files"
        aria-activedescendant={`${id}-${at}`}
        onKeyDown={onKeyDown}
      >
        <div className={classes.all} style={{ height: list.getTotalSize() }} role="presentation">
          {list.getVirtualItems().map((item) => {
            const file = files[item.index];
            if (!file) return null;
            const { letter, words } = FILE_WORDS[file.status];
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys.
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                id={`${id}-${item.index}`}
                role="option"
                tabIndex={-1}
                aria-selected={item.index === at}
                className={own.file}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => onChoose(file.path)}
              >
                <span className={own.letter} title={words} role="img" aria-label={words}>
                  {letter}
                </span>
                <span className={own.path}>{visible(file.path)}</span>
                <Counts file={file} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Counts({ file }: { file: ChangedFile }) {
  const words = linesWords(file);
  if (words !== null) return <span>{words}</span>;
  return (
    <span className={classes.counts}>
      <span style={{ color: TONE_COLORS.good }}>+{file.insertions}</span>
      <span style={{ color: TONE_COLORS.problem }}>−{file.deletions ?? 0}</span>
    </span>
  );
}

function Difference({ workspaceId, path, now }: { workspaceId: string; path: string; now: string }) {
  const client = useClient();
  const { answer: diff, problem } = useAnswer<FileDiff>(`${workspaceId} ${path}`, now, () =>
    client.workspaces.fileDiff({ workspaceId, path }),
  );
  const files = diff?.path === path ? diff.files : NO_FILES;
  const lines = useMemo(() => diffRows(files), [files]);
  const words = [
    problem ?? diff?.words,
    lines.length > MOST_LINES ? `Only the first ${MOST_LINES.toLocaleString('en')} lines are shown.` : null,
  ];
  const shown = useMemo(() => (lines.length > MOST_LINES ? lines.slice(0, MOST_LINES) : lines), [lines]);
  return (
    <div className={own.difference}>
      {words
        .filter((one) => one != null)
        .map((one) => (
          <Text key={one} size="xs" c="dimmed" px="md" py="xs">
            {one}
          </Text>
        ))}
      <DiffView key={path} lines={shown} label={`Differences of ${visible(path)}`} />
    </div>
  );
}

/** The answer to a question, asked again whenever `now` is another. A new `key` is a new question. */
function useAnswer<T>(key: string, now: string, ask: () => Promise<T>): { answer: T | null; problem: string | null } {
  const [state, setState] = useState<{ key: string; answer: T | null; problem: string | null } | null>(null);
  const asking = useRef(ask);
  asking.current = ask;
  const asker = useRef<ReturnType<typeof createAsker> | null>(null);
  useEffect(() => {
    let over = false;
    asker.current = createAsker(() =>
      asking.current().then(
        (answer) => {
          if (!over) setState({ key, answer, problem: null });
        },
        (error: unknown) => {
          if (!over) setState({ key, answer: null, problem: wordsOf(error) });
        },
      ),
    );
    return () => {
      over = true;
      asker.current?.close();
    };
  }, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something may have changed.
  useEffect(() => asker.current?.ask(), [key, now]);
  return state?.key === key ? state : { answer: null, problem: null };
}
