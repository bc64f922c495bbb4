import { Collapse, Loader, Text, UnstyledButton } from '@mantine/core';
import {
  Bot,
  Brain,
  ChevronRight,
  CircleAlert,
  FilePen,
  FileText,
  Globe,
  ListChecks,
  MessageSquare,
  Search,
  Terminal,
  Wrench,
} from 'lucide-react';
import { memo, type ReactNode, useMemo, useState } from 'react';
import type { LiveEntry } from '../../state/entries.ts';
import { cost } from '../../ui/format.logic.ts';
import type { Row } from './conversation.logic.ts';
import { PROMPT_WORDS, type Tone } from './describe.logic.ts';
import { SmallDiff } from './diff-view.tsx';
import { LongText } from './long-text.tsx';
import { LiveMarkdown, Markdown } from './markdown.tsx';
import { clock, dateTime, stepDuration, tokens } from './measure.logic.ts';
import classes from './task.module.css';
import { visible, visibleLine, visibleOutput } from './text.logic.ts';
import { fileEdit, inputText, type ToolKind, tellingArgument, toolKind, toolName } from './tool.logic.ts';

const ICONS: Record<ToolKind, typeof Wrench> = {
  command: Terminal,
  read: FileText,
  edit: FilePen,
  search: Search,
  web: Globe,
  agent: Bot,
  checklist: ListChecks,
  other: Wrench,
};
const MOST_DIFF_LINES = 200;
const COLORS: Record<Tone, string | undefined> = {
  plain: undefined,
  good: 'var(--drover-teal)',
  warning: 'var(--drover-orange)',
  problem: 'var(--drover-red)',
};

/** One row of a conversation. Drawn again only when it has changed. */
export const ConversationRow = memo(function ConversationRow({ row, taskId }: { row: Row; taskId: string }) {
  const nested = 'parent' in row && row.parent !== null;
  return (
    <div className={classes.row} data-nested={nested || undefined} title={dateTime(row.at)}>
      <Content row={row} taskId={taskId} />
    </div>
  );
});

function Content({ row, taskId }: { row: Row; taskId: string }) {
  switch (row.kind) {
    case 'run':
      return <Separator>{`Run ${row.no}${row.mode === 'fresh' ? '' : `, ${row.mode}`} · ${clock(row.at)}`}</Separator>;
    case 'prompt':
      return (
        <Voice who={`Drover to the agent · ${PROMPT_WORDS[row.event.kind]} · turn ${row.event.turn}`}>
          <Fold
            title={visibleLine(row.event.prompt.text, 160)}
            open={row.event.kind === 'nudge' || row.event.kind === 'check-failed'}
          >
            <LongText taskId={taskId} content={row.event.prompt} as={visible} />
          </Fold>
        </Voice>
      );
    case 'message':
      return (
        <div className={classes.message}>
          <Text size="xs" fw={600}>
            <MessageSquare size="0.9em" aria-hidden /> You
          </Text>
          <Markdown text={row.text} />
        </div>
      );
    case 'text':
      return row.content.blob === null ? (
        <Markdown text={row.content.text} />
      ) : (
        <LongText taskId={taskId} content={row.content} as={visible} />
      );
    case 'thinking':
      return (
        <Fold icon={<Brain size="1em" aria-hidden />} title="Thinking">
          {row.contents.map((content, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: thoughts only come at the end.
            <LongText key={at} taskId={taskId} content={content} as={visible} />
          ))}
        </Fold>
      );
    case 'tool':
      return <ToolCall row={row} taskId={taskId} />;
    case 'check': {
      const { ok, command, exitCode, durationMs, output, itemId } = row.event;
      const of = itemId === null ? '' : ` of item ${itemId}`;
      const end = ok ? 'passed' : exitCode === null ? 'did not end by itself' : `failed with exit code ${exitCode}`;
      return (
        <Voice who={`Drover · check${of} ${end} · ${stepDuration(durationMs)}`} tone={ok ? 'good' : 'problem'}>
          <Fold title={visibleLine(command.join(' '))} open={!ok} mono>
            <LongText taskId={taskId} content={output} as={visibleOutput} />
          </Fold>
        </Voice>
      );
    }
    case 'drover':
      return (
        <Voice who="Drover" tone={row.tone}>
          <Text size="sm" className={classes.words}>
            {row.words}
          </Text>
          {row.hint && (
            <Text size="sm" c="dimmed" className={classes.words}>
              {row.hint}
            </Text>
          )}
        </Voice>
      );
    case 'turn': {
      const { turn, result, durationMs, usage, costUsd, error } = row.event;
      const spent = [stepDuration(durationMs), tokens(usage), cost(costUsd)].filter(Boolean).join(' · ');
      const end = result === 'ok' ? 'ended' : result === 'error' ? 'failed' : 'interrupted';
      return (
        <>
          {error && (
            <Voice who="Drover" tone="problem">
              <Text size="sm" className={classes.words}>
                {visible(error.words)} {error.hint}
              </Text>
            </Voice>
          )}
          <Separator>{`Turn ${turn} ${end} · ${spent}`}</Separator>
        </>
      );
    }
  }
}

function ToolCall({ row, taskId }: { row: Extract<Row, { kind: 'tool' }>; taskId: string }) {
  const { result, dropped } = row;
  const Icon = ICONS[toolKind(row.name)];
  const edit = useMemo(() => (toolKind(row.name) === 'edit' ? fileEdit(row.input.text) : null), [row]);
  const failed = result?.ok === false;
  const took = result?.durationMs == null ? '' : stepDuration(result.durationMs);
  const state = failed ? 'failed' : dropped ? 'no result' : '';
  return (
    <Fold
      icon={<Icon size="1em" aria-hidden />}
      title={
        <>
          <b>{toolName(row.name)}</b> <span className={classes.mono}>{tellingArgument(row.input.text)}</span>
        </>
      }
      end={
        result || dropped ? (
          <span style={failed ? { color: COLORS.problem } : undefined}>
            {failed && <CircleAlert size="0.9em" aria-hidden />} {[state, took].filter(Boolean).join(' · ')}
          </span>
        ) : (
          <Loader size="0.8em" aria-label="Running" />
        )
      }
    >
      {edit ? (
        <SmallDiff lines={edit.lines} most={MOST_DIFF_LINES} />
      ) : (
        <>
          <Label>Input</Label>
          <LongText taskId={taskId} content={row.input} as={inputText} />
        </>
      )}
      {result && (
        <>
          <Label>{failed ? 'Failure' : 'Result'}</Label>
          <LongText taskId={taskId} content={result.output} as={visibleOutput} />
        </>
      )}
    </Fold>
  );
}

/** What is streaming and not settled yet. */
export const LiveRow = memo(function LiveRow({ entry }: { entry: LiveEntry }) {
  if (entry.kind === 'text') {
    return (
      <div className={classes.row}>
        <LiveMarkdown text={entry.text} />
      </div>
    );
  }
  return (
    <div className={classes.row}>
      <Text size="xs" c="dimmed" className={classes.live}>
        {entry.kind === 'thinking' ? <Brain size="1em" aria-hidden /> : <Terminal size="1em" aria-hidden />}{' '}
        {visibleOutput(entry.text.slice(-600))}
      </Text>
    </div>
  );
});

interface FoldProps {
  title: ReactNode;
  icon?: ReactNode;
  end?: ReactNode;
  open?: boolean;
  mono?: boolean;
  children: ReactNode;
}

function Fold({ title, icon, end, open = false, mono = false, children }: FoldProps) {
  const [shown, setShown] = useState(open);
  return (
    <div>
      <UnstyledButton className={classes.fold} aria-expanded={shown} onClick={() => setShown(!shown)}>
        <ChevronRight size="1em" aria-hidden className={classes.chevron} data-open={shown || undefined} />
        {icon}
        <span className={mono ? classes.foldMono : classes.foldTitle}>{title}</span>
        {end && <span className={classes.foldEnd}>{end}</span>}
      </UnstyledButton>
      <Collapse expanded={shown} transitionDuration={0}>
        <div className={classes.folded}>{shown && children}</div>
      </Collapse>
    </div>
  );
}

function Voice({ who, tone = 'plain', children }: { who: string; tone?: Tone; children: ReactNode }) {
  return (
    <div className={classes.voice} style={COLORS[tone] ? { borderColor: COLORS[tone] } : undefined}>
      <Text size="xs" fw={600} c={COLORS[tone] ?? 'dimmed'}>
        {who}
      </Text>
      {children}
    </div>
  );
}

function Separator({ children }: { children: ReactNode }) {
  return <div className={classes.separator}>{children}</div>;
}

function Label({ children }: { children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed" mt="xs">
      {children}
    </Text>
  );
}
