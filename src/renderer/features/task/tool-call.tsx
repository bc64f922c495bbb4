import { Loader, Text } from '@mantine/core';
import { Bot, CircleAlert, FilePen, FileText, Globe, ListChecks, Search, Terminal, Wrench } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { LongText as LongTextData } from '../../../contract/run/long-text.ts';
import type { ToolCall as Call, ToolCallKind } from '../../../contract/run/tool-call.ts';
import { duration } from '../../../contract/words/measure.ts';
import { callName, relativeTo, tellingArgument } from '../../../contract/words/tool.ts';
import type { LiveEntry } from '../../state/entries.ts';
import { useClient } from '../../state/hooks.ts';
import { SmallDiff } from '../../ui/diff-view.tsx';
import { visible, visibleLine, visibleOutput } from '../../ui/text.logic.ts';
import type { Row } from './conversation.logic.ts';
import { Fold } from './fold.tsx';
import { LongText } from './long-text.tsx';
import classes from './task.module.css';
import { TONE_COLORS } from './tone.ts';
import { fileEdit, inputText } from './tool.logic.ts';

const ICONS: Record<ToolCallKind, typeof Wrench> = {
  command: Terminal,
  read: FileText,
  edit: FilePen,
  write: FilePen,
  search: Search,
  fetch: Globe,
  subagent: Bot,
  checklist: ListChecks,
  mcp: Wrench,
  plan: Wrench,
  question: Wrench,
  other: Wrench,
};
const MOST_DIFF_LINES = 200;
/** The input of an edit that is stored beside the log is asked for up to this size; bytes. */
const LARGEST_EDIT = 400_000;
const LIVE_SHOWN = 2000;

export interface ToolCallProps {
  row: Extract<Row, { kind: 'tool' }>;
  taskId: string;
  /** The workspace it was called in. */
  root: string | null;
  forced: boolean;
  live: LiveEntry | undefined;
}

/** A call of a tool in one line: what for, how long, how it ended. Opens to the input and the result. */
export function ToolCall({ row, taskId, root, forced, live }: ToolCallProps) {
  const { result, dropped, key, call } = row;
  const Icon = ICONS[call.kind];
  const edit = useMemo(() => fileEdit(call, row.input.text), [call, row.input]);
  const failed = result?.ok === false;
  const took = result?.durationMs == null ? '' : duration(result.durationMs);
  const state = failed ? 'failed' : dropped ? 'no result' : '';
  const output = result ? null : live?.text;
  return (
    <>
      <Fold
        name={key}
        forced={forced}
        icon={<Icon size="1em" aria-hidden />}
        title={
          <>
            <b>{callName(call)}</b> <span className={classes.mono}>{tellingArgument(call, row.input.text, root)}</span>
          </>
        }
        end={
          <>
            {edit && <Counts added={edit.added} removed={edit.removed} />}
            {result || dropped ? (
              <span style={failed ? { color: TONE_COLORS.problem } : undefined}>
                {failed && <CircleAlert size="0.9em" aria-hidden />} {[state, took].filter(Boolean).join(' · ')}
              </span>
            ) : (
              <Loader size="0.8em" aria-label="Running" />
            )}
          </>
        }
      >
        {'change' in call ? (
          <Edit taskId={taskId} name={key} call={call} input={row.input} root={root} />
        ) : (
          <Input taskId={taskId} name={key} input={row.input} />
        )}
        {result && (
          <>
            <Label>{failed ? 'Failure' : 'Result'}</Label>
            <LongText taskId={taskId} name={`${key} result`} content={result.output} as={visibleOutput} />
          </>
        )}
      </Fold>
      {failed && (
        <Text size="xs" c={TONE_COLORS.problem} className={classes.aside} lineClamp={2}>
          {visibleLine(result.output.text, 200)}
        </Text>
      )}
      {output && <pre className={classes.printing}>{visibleOutput(output.slice(-LIVE_SHOWN))}</pre>}
    </>
  );
}

/** What an edit changes, as a diff where the input says so in a way that is known. */
function Edit({
  call,
  input,
  root,
  ...rest
}: {
  taskId: string;
  name: string;
  call: Call;
  input: LongTextData;
  root: string | null;
}) {
  const text = useWhole(rest.taskId, input);
  const edit = useMemo(() => (text === null ? null : fileEdit(call, text)), [call, text]);
  if (edit === null) return <Input {...rest} input={input} />;
  return (
    <>
      <Label>{visible(relativeTo(root, edit.path))}</Label>
      <SmallDiff lines={edit.lines} most={MOST_DIFF_LINES} />
    </>
  );
}

function Input({ taskId, name, input }: { taskId: string; name: string; input: LongTextData }) {
  return (
    <>
      <Label>Input</Label>
      <LongText taskId={taskId} name={`${name} input`} content={input} as={inputText} />
    </>
  );
}

/** All of a text that may be stored elsewhere; null until it is here, and where it is too long. */
function useWhole(taskId: string, content: LongTextData): string | null {
  const client = useClient();
  const { blob, bytes } = content;
  const [text, setText] = useState(blob === null ? content.text : null);
  useEffect(() => {
    if (blob === null || bytes > LARGEST_EDIT) return;
    let over = false;
    client.tasks.blob({ taskId, blob }).then(
      (part) => !over && part.nextOffset === null && setText(part.text),
      () => {},
    );
    return () => {
      over = true;
    };
  }, [client, taskId, blob, bytes]);
  return text;
}

function Counts({ added, removed }: { added: number; removed: number }) {
  return (
    <span className={classes.counts}>
      {added > 0 && <span style={{ color: TONE_COLORS.good }}>+{added}</span>}
      {removed > 0 && <span style={{ color: TONE_COLORS.problem }}>−{removed}</span>}
    </span>
  );
}

function Label({ children }: { children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed" mt="xs" className={classes.words}>
      {children}
    </Text>
  );
}
