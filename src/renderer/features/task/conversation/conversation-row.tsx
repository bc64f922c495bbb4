import { Loader, Text } from '@mantine/core';
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleX,
  Info,
  type LucideIcon,
  Square,
  TriangleAlert,
} from 'lucide-react';
import { memo, useContext, useState } from 'react';
import type { TaskOutcome } from '../../../../contract/task/state.ts';
import { MODE_WORDS, type Tone } from '../../../../contract/words/event.ts';
import { clock, dateTimeExact, duration } from '../../../../contract/words/measure.ts';
import { describeEnd, runWord } from '../../../../contract/words/state.ts';
import type { LiveEntry } from '../../../state/entries.ts';
import { LiveMarkdown, Markdown } from '../../../ui/markdown.tsx';
import { visible, visibleLine, visibleOutput } from '../../../ui/text.logic.ts';
import { WithCode } from '../../../ui/with-code.tsx';
import { labels } from '../labels.ts';
import { type RowOf, rowOf } from './conversation.logic.ts';
import classes from './conversation.module.css';
import { DecidedRow } from './decided-row.tsx';
import { Elapsed } from './elapsed.tsx';
import { FindContext } from './find-context.ts';
import { Fold } from './fold.tsx';
import type { Shown } from './fold-work.logic.ts';
import { Harmless } from './harmless.tsx';
import { ItemRow } from './item-row.tsx';
import { LongText } from './long-text.tsx';
import { PromptRow, TypedRow } from './prompt-row.tsx';
import { Line, Separator } from './row-parts.tsx';
import { TaskFactsContext } from './task-facts.ts';
import { Thought } from './thought-row.tsx';
import { ToolCall } from './tool-call.tsx';
import { WorkRow } from './work-row.tsx';

/** Of what a command prints that is not among the rows. */
const LIVE_SHOWN = 600;

interface RowProps {
  row: Shown;
  taskId: string;
  root: string | null;
  /** What is looked for in this row, and in which event it is: then that is open. */
  wanted: string | null;
  foundSeq: number | null;
  /** What the tools that run have printed so far. */
  live: ReadonlyMap<string, LiveEntry> | null;
}

/** One row of a conversation. Drawn again only when it has changed. */
export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { row, wanted } = props;
  const nested = 'parent' in row && row.parent !== null;
  return (
    <div className={classes.row} data-nested={nested || undefined} title={dateTimeExact(row.at)}>
      <Harmless instead={<Text size="xs">{labels.conversation.broken}</Text>}>
        <FindContext.Provider value={wanted}>
          <Content {...props} />
        </FindContext.Provider>
      </Harmless>
    </div>
  );
});

function Content({ row, taskId, root, wanted, foundSeq, live }: RowProps) {
  const forced = wanted !== null;
  switch (row.kind) {
    case 'work': {
      const found = foundSeq === null ? null : (row.rows[rowOf(row.rows, foundSeq)]?.key ?? null);
      return <WorkRow work={row} taskId={taskId} root={root} found={found} live={live} />;
    }
    case 'run':
      return <RunLine row={row} />;
    case 'prompt':
      return <PromptRow row={row} taskId={taskId} forced={forced} />;
    case 'text':
      return row.content.blob === null ? (
        <Markdown text={row.content.text} />
      ) : (
        <LongText taskId={taskId} name={row.key} content={row.content} as={visible} />
      );
    case 'typed':
      return <TypedRow row={row} taskId={taskId} />;
    case 'thinking':
      return <Thought row={row} taskId={taskId} forced={forced} />;
    case 'tool':
      return (
        <ToolCall row={row} taskId={taskId} root={row.root ?? root} forced={forced} live={live?.get(row.callId)} />
      );
    case 'check':
      return <CheckRow row={row} taskId={taskId} forced={forced} />;
    case 'item':
    case 'added':
    case 'note':
      return <ItemRow row={row} />;
    case 'decided':
      return <DecidedRow decided={row.decided} about={row.title} />;
    case 'end':
      return <EndRow row={row} />;
    case 'drover':
      return (
        <Line icon={toneIcon(row.tone)} tone={row.tone} quiet={row.tone === 'plain'}>
          <WithCode text={row.words} />
          {row.hint && <div className={classes.reason}>{row.hint}</div>}
        </Line>
      );
    case 'turn':
      return <TurnRow row={row} />;
  }
}

function RunLine({ row: { run, mode, at } }: { row: RowOf<'run'> }) {
  return (
    <Separator>
      {labels.conversation.runStarted(run, mode === 'fresh' ? null : MODE_WORDS[mode], clock(at).slice(0, 5))}
    </Separator>
  );
}

function CheckRow({ row, taskId, forced }: { row: RowOf<'check'>; taskId: string; forced: boolean }) {
  const { items } = useContext(TaskFactsContext);
  const { ok, command, exitCode, durationMs, output, itemId } = row.event;
  const item = itemId === null ? undefined : items.get(itemId);
  const { check } = labels;
  const words = ok ? check.passed : exitCode === null ? check.failed : check.failedWith(exitCode);
  return (
    <Fold
      name={row.key}
      forced={forced}
      icon={ok ? toneIcon('good') : toneIcon('problem')}
      tone={ok ? 'good' : 'problem'}
      title={
        <>
          <b>{words}</b> <span className={classes.mono}>{visibleLine(command.join(' '))}</span>
          {item && ` · ${visibleLine(item.text)}`}
        </>
      }
      end={durationMs >= 1000 && duration(durationMs)}
    >
      <LongText taskId={taskId} name={row.key} content={output} as={visibleOutput} />
    </Fold>
  );
}

type Mark = readonly [tone: Tone, icon: LucideIcon];
const MARKS_OF_END: Record<RowOf<'end'>['status'], Mark> = {
  completed: ['good', CircleCheck],
  cancelled: ['plain', Square],
  failed: ['problem', CircleX],
};
/** Ends that count as failed and are none of the agent's. */
const MARKS_OF_CAUSE: Partial<Record<TaskOutcome['code'], Mark>> = {
  'item-blocked': ['warning', Ban],
  interrupted: ['plain', CirclePause],
};

/** How a run ended. Why the newest one did is above the conversation. */
function EndRow({ row: { run, status, outcome } }: { row: RowOf<'end'> }) {
  const { newestRun } = useContext(TaskFactsContext);
  const words = run >= newestRun ? runWord({ status, outcome: outcome.code }) : describeEnd(status, outcome);
  const [tone, Icon] = MARKS_OF_CAUSE[outcome.code] ?? MARKS_OF_END[status];
  return (
    <Line icon={<Icon size="1em" aria-hidden />} tone={tone}>
      <b>{visible(words)}</b>
    </Line>
  );
}

function TurnRow({ row: { event, said } }: { row: RowOf<'turn'> }) {
  const { turn, result, durationMs, error } = event;
  return (
    <>
      {error && !said && (
        <Line icon={toneIcon('problem')} tone="problem">
          {visible(error.words)}
          {error.hint && <div className={classes.reason}>{visible(error.hint)}</div>}
        </Line>
      )}
      <Separator>
        {labels.conversation.turnEnded(turn, result, durationMs < 1000 ? null : duration(durationMs))}
      </Separator>
    </>
  );
}

function toneIcon(tone: Tone) {
  const Icon = { plain: Info, good: CircleCheck, warning: TriangleAlert, problem: CircleAlert }[tone];
  return <Icon size="1em" aria-hidden />;
}

/** What is streaming and not settled yet: text as it grows, and of everything else only that it does. */
export const LiveRow = memo(function LiveRow({ entry }: { entry: LiveEntry }) {
  if (entry.kind === 'text') {
    return (
      <div className={classes.row}>
        <LiveMarkdown text={entry.text} />
      </div>
    );
  }
  if (entry.kind === 'thinking') return <LiveThought />;
  return (
    <div className={classes.row}>
      <pre className={classes.printing}>{visibleOutput(entry.text.slice(-LIVE_SHOWN))}</pre>
    </div>
  );
});

/** That the agent thinks; what, is there when it is done. */
function LiveThought() {
  const [since] = useState(Date.now);
  return (
    <div className={classes.row}>
      <div className={classes.live}>
        <Loader size="0.8em" aria-hidden role="presentation" />
        {labels.conversation.thinking}
        <Elapsed since={since} />
      </div>
    </div>
  );
}
