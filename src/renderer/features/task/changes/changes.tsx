import { ActionIcon, Select, Text, Tooltip } from '@mantine/core';
import { Copy, SquarePen } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Checkpoint } from '../../../../contract/checkpoint/state.ts';
import type { FileDiff } from '../../../../contract/workspace/diff.ts';
import type { ChangedFile, WorkspaceChanges } from '../../../../contract/workspace/state.ts';
import { actOnce } from '../../../state/act.ts';
import { useClient, useStore, useValue } from '../../../state/hooks.ts';
import { openFolder } from '../../../state/open-folder.ts';
import { copyText } from '../../../ui/copy.ts';
import { DiffView } from '../../../ui/diff-view.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { visible } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import { ChangedFiles, FileLines, StatusLetter } from './changed-files.tsx';
import { choicesOf, diffRows, FILE_WORDS, naturally } from './changes.logic.ts';
import own from './changes.module.css';
import { useAnswer } from './use-answer.ts';

const MOST_LINES = 20_000;
const NO_FILES: FileDiff['files'] = [];
const NONE: WorkspaceChanges['files'] = [];

const ALL = 'all';
const NO_CHECKPOINTS: readonly Checkpoint[] = [];

export interface ChangesProps {
  taskId: string;
  workspaceId: string;
  /** Another number whenever files may have changed. */
  tick: number;
}

/** What the workspace changes against its base, as both are now; or what one turn of the task has changed. */
export function Changes({ taskId, workspaceId, tick }: ChangesProps) {
  const client = useClient();
  const workspaces = useValue(useStore().workspaceChanges);
  const now = `${tick} ${workspaces}`;
  const [wanted, setWanted] = useState(ALL);
  const { answer: checkpoints } = useAnswer<readonly Checkpoint[]>(taskId, now, () =>
    client.checkpoints.list({ taskId }),
  );
  const choices = useMemo(() => choicesOf(checkpoints ?? NO_CHECKPOINTS), [checkpoints]);
  const isThere = choices.some(({ items }) => items.some(({ value }) => value === wanted));
  const of = isThere ? wanted : ALL;
  const source: Source =
    of === ALL
      ? {
          key: workspaceId,
          now,
          nothing: labels.changes.nothing,
          changes: () => client.workspaces.changes({ workspaceId }),
          fileDiff: (path) => client.workspaces.fileDiff({ workspaceId, path }),
        }
      : {
          key: `${taskId} ${of}`,
          // What was is never another.
          now: of,
          nothing: labels.changes.nothingInTurn,
          changes: () => client.checkpoints.changes({ taskId, to: of }),
          fileDiff: (path) => client.checkpoints.fileDiff({ taskId, to: of, path }),
        };
  return (
    <div className={own.tab}>
      {choices.length > 0 && (
        <Select
          className={own.which}
          size="xs"
          aria-label={labels.changes.which}
          data={[
            { value: ALL, label: labels.changes.all },
            ...(choices.length > 1 ? choices : (choices[0]?.items ?? [])),
          ]}
          value={of}
          allowDeselect={false}
          comboboxProps={{ position: 'bottom-start' }}
          onChange={(value) => setWanted(value ?? ALL)}
        />
      )}
      <ChangesOf source={source} workspaceId={workspaceId} />
    </div>
  );
}

/** Where changes are asked for. */
interface Source {
  key: string;
  /** Another text whenever they may be others. */
  now: string;
  /** What is said where there are none. */
  nothing: string;
  changes(): Promise<WorkspaceChanges>;
  fileDiff(path: string): Promise<FileDiff>;
}

function ChangesOf({ source, workspaceId }: { source: Source; workspaceId: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { answer: changes, problem } = useAnswer<WorkspaceChanges>(source.key, source.now, source.changes);
  const files = useMemo(() => naturally(changes?.files ?? NONE), [changes]);
  const file = files.find(({ path }) => path === chosen) ?? files[0];
  const first = file?.path ?? null;
  // What is looked at stays when other files come before it.
  useEffect(() => {
    if (first !== null) setChosen(first);
  }, [first]);
  if (problem || !changes || !file) {
    const words = problem ?? (changes ? source.nothing : labels.changes.loading);
    return (
      <Text size="sm" c="dimmed" p="md">
        {words}
      </Text>
    );
  }
  return (
    <div className={own.changes}>
      <ChangedFiles files={files} total={changes.total} chosen={file.path} onChoose={setChosen} />
      <Difference source={source} workspaceId={workspaceId} file={file} />
    </div>
  );
}

interface DifferenceProps {
  source: Source;
  workspaceId: string;
  file: ChangedFile;
}

function Difference({ source, workspaceId, file }: DifferenceProps) {
  const { path } = file;
  const client = useClient();
  const { answer: diff, problem } = useAnswer<FileDiff>(`${source.key} ${path}`, source.now, () =>
    source.fileDiff(path),
  );
  const files = diff?.path === path ? diff.files : NO_FILES;
  const lines = useMemo(() => diffRows(files), [files]);
  const words = [problem ?? diff?.words, lines.length > MOST_LINES ? labels.changes.onlyLines(MOST_LINES) : null];
  const shown = useMemo(() => (lines.length > MOST_LINES ? lines.slice(0, MOST_LINES) : lines), [lines]);
  async function openFile(): Promise<void> {
    const opened = await actOnce(() => openFolder(client, { what: 'workspace', workspaceId, in: 'editor', path }));
    if (opened) notifyDone(opened.words);
  }
  return (
    <div className={own.difference}>
      <div className={own.fileHead}>
        <StatusLetter file={file} />
        <span className={own.fileName}>{visible(path)}</span>
        <span className={own.became}>{FILE_WORDS[file.status].short}</span>
        <FileLines file={file} />
        {file.status !== 'deleted' && (
          <Tooltip label={labels.changes.openFile}>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={labels.changes.openFile}
              onClick={() => void openFile()}
            >
              <SquarePen size="1em" aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={labels.changes.copyPath}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={labels.changes.copyPath}
            onClick={() => void copyText(path)}
          >
            <Copy size="1em" aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {words
        .filter((one) => one != null)
        .map((one) => (
          <Text key={one} size="xs" c="dimmed" px="md" py="xs">
            {one}
          </Text>
        ))}
      <DiffView key={`${source.key} ${path}`} lines={shown} label={labels.changes.differencesOf(visible(path))} />
    </div>
  );
}
