import { Loader, Text } from '@mantine/core';
import {
  Bot,
  CircleAlert,
  CircleHelp,
  FilePen,
  FileText,
  Globe,
  ListChecks,
  Map as PlanIcon,
  Search,
  Terminal,
  Wrench,
} from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { LongText as LongTextData } from '../../../../contract/run/long-text.ts';
import type { ToolCall as Call, ToolCallKind } from '../../../../contract/run/tool-call.ts';
import { duration } from '../../../../contract/words/measure.ts';
import { relativeTo } from '../../../../contract/words/tool.ts';
import type { LiveEntry } from '../../../state/entries.ts';
import { useClient } from '../../../state/hooks.ts';
import { SmallDiff } from '../../../ui/diff-view.tsx';
import { visible, visibleLine, visibleOutput } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import { TONE_COLORS } from '../tone.ts';
import type { Decided, Row, RowOf } from './conversation.logic.ts';
import classes from './conversation.module.css';
import { DECIDED_ICONS, DecidedWords, decidedLabel } from './decided-row.tsx';
import { Elapsed } from './elapsed.tsx';
import { Fold } from './fold.tsx';
import { isDenied } from './fold-work.logic.ts';
import { LongText } from './long-text.tsx';
import { fileEdit, inputText } from './tool.logic.ts';
import { editOf, intentOf } from './work.logic.ts';

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
  plan: PlanIcon,
  question: CircleHelp,
  other: Wrench,
};
const MOST_DIFF_LINES = 200;
/** The input of an edit that is stored beside the log is asked for up to this size; bytes. */
const LARGEST_EDIT = 400_000;
const LIVE_SHOWN = 2000;

/** Whether a call is under way. */
export function isRunning(row: Row): boolean {
  return row.kind === 'tool' && row.result === null && !row.dropped && !isDenied(row);
}

export interface ToolCallProps {
  row: RowOf<'tool'>;
  taskId: string;
  /** The workspace it was called in. */
  root: string | null;
  forced: boolean;
  live: LiveEntry | undefined;
}

/** A call of a tool in one line: what for, how long, how it ended. Opens to the input and the result. */
export function ToolCall({ row, taskId, root, forced, live }: ToolCallProps) {
  const { result, dropped, decided, key, call } = row;
  const edit = useMemo(() => editOf(row), [row]);
  const denied = isDenied(row);
  const failed = result?.ok === false && !denied;
  const running = isRunning(row);
  const Icon = decided !== null && denied ? DECIDED_ICONS[decided.decision] : ICONS[call.kind];
  const { words, about } = intentOf(call, row.input.text, root, !running);
  const output = result ? null : live?.text;
  return (
    <>
      <Fold
        name={key}
        forced={forced}
        icon={<Icon size="1em" aria-hidden />}
        tone={denied ? 'warning' : 'plain'}
        title={
          <>
            {decided !== null && denied ? <Denied decided={decided} /> : <b>{words}</b>}{' '}
            <span className={classes.mono}>{about}</span>
          </>
        }
        end={
          <CallEnd
            added={denied || failed ? 0 : (edit?.added ?? 0)}
            removed={denied || failed ? 0 : (edit?.removed ?? 0)}
            said={row.asks ? labels.call.asks : decided?.by === 'user' && !denied ? decidedLabel(decided) : null}
            failed={failed ? labels.call.failed : dropped && !result && !denied ? labels.call.noResult : null}
            took={result?.durationMs ?? 0}
            since={running && !row.asks ? row.at : null}
          />
        }
      >
        {'change' in call ? (
          <Edit taskId={taskId} name={key} call={call} input={row.input} root={root} />
        ) : (
          <Input taskId={taskId} name={key} input={row.input} />
        )}
        {result && !denied && (
          <>
            <Label>{failed ? labels.call.failure : labels.call.result}</Label>
            <LongText taskId={taskId} name={`${key} result`} content={result.output} as={visibleOutput} />
          </>
        )}
      </Fold>
      {decided !== null && !denied && decided.words !== '' && (
        <div className={classes.aside}>
          <DecidedWords decided={decided} />
        </div>
      )}
      {failed && (
        <Text size="xs" c={TONE_COLORS.problem} className={classes.aside} lineClamp={2}>
          {visibleLine(result.output.text, 200)}
        </Text>
      )}
      {output && <pre className={classes.printing}>{visibleOutput(output.slice(-LIVE_SHOWN))}</pre>}
    </>
  );
}

function Denied({ decided }: { decided: Decided }) {
  return (
    <>
      <b>{decidedLabel(decided)}</b>
      {decided.words !== '' && (
        <span className={classes.answer}>
          : <DecidedWords decided={decided} />
        </span>
      )}
    </>
  );
}

interface CallEndProps {
  added: number;
  removed: number;
  said?: string | null;
  /** Why it is not as it should be. */
  failed: string | null;
  /** Milliseconds; what took less than a second is not worth telling. */
  took: number;
  /** When it began, while it is under way. */
  since?: number | null;
}

/** What stands at the end of a call: how much it changed, and how long it took. */
export function CallEnd({ added, removed, said = null, failed, took, since = null }: CallEndProps) {
  return (
    <span className={classes.callEnd}>
      {said !== null && <span>{said}</span>}
      {added > 0 && <span style={{ color: TONE_COLORS.good }}>+{added}</span>}
      {removed > 0 && <span style={{ color: TONE_COLORS.problem }}>−{removed}</span>}
      {failed !== null && (
        <span style={{ color: TONE_COLORS.problem }}>
          <CircleAlert size="0.9em" aria-hidden /> {failed}
        </span>
      )}
      {took >= 1000 && <span>{duration(took)}</span>}
      {since !== null && (
        <>
          <Elapsed since={since} />
          <Loader size="0.8em" aria-label={labels.call.stillRunning} />
        </>
      )}
    </span>
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
      <Label>{labels.call.input}</Label>
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

function Label({ children }: { children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed" mt="xs" className={classes.words}>
      {children}
    </Text>
  );
}
