import { Text } from '@mantine/core';
import { Brain, MessageSquare, Terminal } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { MODE_WORDS, PROMPT_WORDS, type Tone } from '../../../contract/words/event.ts';
import { clock, cost, dateTimeExact, duration, tokens } from '../../../contract/words/measure.ts';
import type { LiveEntry } from '../../state/entries.ts';
import { LiveMarkdown, Markdown } from '../../ui/markdown.tsx';
import { visible, visibleLine, visibleOutput } from '../../ui/text.logic.ts';
import type { Row } from './conversation.logic.ts';
import { FindContext } from './find-context.ts';
import { Fold } from './fold.tsx';
import { Harmless } from './harmless.tsx';
import { LongText } from './long-text.tsx';
import classes from './task.module.css';
import { TONE_COLORS } from './tone.ts';
import { ToolCall } from './tool-call.tsx';

interface RowProps {
  row: Row;
  taskId: string;
  root: string | null;
  /** What is looked for in this row: then everything in it is open. */
  wanted: string | null;
  /** What a tool that runs has printed so far. */
  live: LiveEntry | undefined;
}

/** One row of a conversation. Drawn again only when it has changed. */
export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { row, wanted } = props;
  const nested = 'parent' in row && row.parent !== null;
  return (
    <div className={classes.row} data-nested={nested || undefined} title={dateTimeExact(row.at)}>
      <Harmless instead={<Text size="xs">This entry cannot be shown; it is in the log.</Text>}>
        <FindContext.Provider value={wanted}>
          <Content {...props} />
        </FindContext.Provider>
      </Harmless>
    </div>
  );
});

function Content({ row, taskId, root, wanted, live }: RowProps) {
  const forced = wanted !== null;
  switch (row.kind) {
    case 'run':
      return (
        <Separator>{`Run ${row.no}${row.mode === 'fresh' ? '' : `, ${MODE_WORDS[row.mode]}`} · ${clock(row.at)}`}</Separator>
      );
    case 'prompt':
      return (
        <>
          {row.said.map((text, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was sent does not change.
            <div key={at} className={classes.message}>
              <Text size="xs" fw={600}>
                <MessageSquare size="0.9em" aria-hidden /> You
              </Text>
              <Markdown text={text} />
            </div>
          ))}
          {row.event.prompt.text.trim() !== row.said.join('').trim() && (
            <Voice who={`Drover to the agent · ${PROMPT_WORDS[row.event.kind]} · turn ${row.event.turn}`}>
              <Fold
                name={row.key}
                forced={forced}
                title={row.said.length > 0 ? 'Everything that was sent' : visibleLine(row.event.prompt.text, 160)}
                open={row.event.kind === 'nudge' || row.event.kind === 'check-failed'}
              >
                <LongText taskId={taskId} name={row.key} content={row.event.prompt} as={visible} />
              </Fold>
            </Voice>
          )}
        </>
      );
    case 'text':
      return row.content.blob === null ? (
        <Markdown text={row.content.text} />
      ) : (
        <LongText taskId={taskId} name={row.key} content={row.content} as={visible} />
      );
    case 'thinking':
      return (
        <Fold
          name={row.key}
          forced={forced}
          icon={<Brain size="1em" aria-hidden />}
          title={<span className={classes.thought}>Thinking: {visibleLine(row.contents[0]?.text ?? '', 120)}</span>}
        >
          {row.contents.map((content, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: thoughts only come at the end.
            <LongText key={at} taskId={taskId} name={`${row.key} ${at}`} content={content} as={visible} />
          ))}
        </Fold>
      );
    case 'tool':
      return <ToolCall row={row} taskId={taskId} root={row.root ?? root} forced={forced} live={live} />;
    case 'check': {
      const { ok, command, exitCode, durationMs, output, itemId } = row.event;
      const of = itemId === null ? '' : ` of item ${itemId}`;
      const end = ok ? 'passed' : exitCode === null ? 'did not exit on its own' : `failed with exit code ${exitCode}`;
      return (
        <Voice who={`Drover · check${of} ${end} · ${duration(durationMs)}`} tone={ok ? 'good' : 'problem'}>
          <Fold name={row.key} forced={forced} title={visibleLine(command.join(' '))} open={!ok} mono>
            <LongText taskId={taskId} name={row.key} content={output} as={visibleOutput} />
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
      const spent = [duration(durationMs), tokens(usage), cost(costUsd)].filter(Boolean).join(' · ');
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

function Voice({ who, tone = 'plain', children }: { who: string; tone?: Tone; children: ReactNode }) {
  return (
    <div className={classes.voice} style={TONE_COLORS[tone] ? { borderColor: TONE_COLORS[tone] } : undefined}>
      <Text size="xs" fw={600} c={TONE_COLORS[tone] ?? 'dimmed'}>
        {who}
      </Text>
      {children}
    </div>
  );
}

function Separator({ children }: { children: ReactNode }) {
  return <div className={classes.separator}>{children}</div>;
}
