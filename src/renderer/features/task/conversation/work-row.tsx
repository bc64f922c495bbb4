import { Layers } from 'lucide-react';
import { useContext, useMemo } from 'react';
import type { LiveEntry } from '../../../state/entries.ts';
import { labels } from '../labels.ts';
import classes from './conversation.module.css';
import { Fold, OpenedContext } from './fold.tsx';
import type { Work } from './fold-work.logic.ts';
import { Thought } from './thought-row.tsx';
import { CallEnd, isRunning, ToolCall } from './tool-call.tsx';
import { sumWork } from './work.logic.ts';

interface WorkRowProps {
  work: Work;
  taskId: string;
  root: string | null;
  /** The key of the row in it that was looked for. */
  found: string | null;
  live: ReadonlyMap<string, LiveEntry> | null;
}

/** Calls that follow each other as one sentence, which opens to them; what runs now stands below it. */
export function WorkRow({ work, taskId, root, found, live }: WorkRowProps) {
  const { rows } = work;
  const over = useMemo(() => rows.filter((row) => !isRunning(row)), [rows]);
  const sum = useMemo(() => sumWork(over, root), [over, root]);
  const name = `${work.key} work`;
  // A call that was open stays in sight when others join it.
  const wasOpen = useContext(OpenedContext).get(work.key) ?? false;
  const row = (one: Work['rows'][number]) =>
    one.kind === 'tool' ? (
      <ToolCall
        key={one.key}
        row={one}
        taskId={taskId}
        root={one.root ?? root}
        forced={one.key === found}
        live={live?.get(one.callId)}
      />
    ) : (
      <Thought key={one.key} row={one} taskId={taskId} forced={one.key === found} />
    );
  // One alone says more than its sum.
  const isSummed = over.filter(({ kind }) => kind === 'tool').length > 1;
  return (
    <>
      {isSummed && (
        <Fold
          name={name}
          open={wasOpen}
          forced={found !== null}
          icon={<Layers size="1em" aria-hidden />}
          title={<b>{sum.words}</b>}
          end={
            <CallEnd
              added={sum.added}
              removed={sum.removed}
              failed={sum.failed > 0 ? labels.work.failed(sum.failed) : null}
              took={sum.took}
            />
          }
        >
          <div className={classes.work}>{over.map(row)}</div>
        </Fold>
      )}
      {(isSummed ? rows.filter(isRunning) : rows).map(row)}
    </>
  );
}
