import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import type { LongText as LongTextData } from '../../../contract/run/events.ts';
import { actOnce } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { bytes } from './measure.logic.ts';
import classes from './task.module.css';

const FIRST_SHOWN = 6000;
/** So much at once is a piece of its own, which the browser leaves undrawn until it is near. */
const PIECE = 16 * 1024;

export interface LongTextProps {
  taskId: string;
  content: LongTextData;
  /** What is done to the text before it is shown. */
  as(text: string): string;
}

/** Text of any length as it is written: its beginning, more of it when asked for. */
export function LongText({ taskId, content, as }: LongTextProps) {
  const client = useClient();
  const [all, setAll] = useState(false);
  const [stored, setStored] = useState<{ text: string; next: number | null } | null>(null);
  const { blob } = content;
  const text = stored?.text ?? content.text;
  const shown = all ? text : text.slice(0, FIRST_SHOWN);
  const hasMore = shown.length < text.length || (blob !== null && (stored === null || stored.next !== null));

  async function more(): Promise<void> {
    setAll(true);
    if (blob === null || (stored && stored.next === null)) return;
    const page = await actOnce(() => client.tasks.blob({ taskId, blob, offset: stored?.next ?? 0 }));
    if (page) setStored({ text: (stored?.text ?? '') + page.text, next: page.nextOffset });
  }

  return (
    <div>
      {pieces(as(shown)).map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces stay in their places.
        <pre key={at} className={classes.plain} dir="ltr">
          {piece}
        </pre>
      ))}
      {hasMore && (
        <Anchor component="button" size="xs" onClick={() => void more()}>
          {stored ? 'Show more' : 'Show all'} ({bytes(content.bytes)})
        </Anchor>
      )}
      {content.bytes === 0 && (
        <Text size="xs" c="dimmed">
          Nothing
        </Text>
      )}
    </div>
  );
}

function pieces(text: string): string[] {
  if (text.length <= PIECE) return text === '' ? [] : [text];
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const line = text.indexOf('\n', at + PIECE);
    const end = line === -1 || line > at + 2 * PIECE ? Math.min(at + 2 * PIECE, text.length) : line + 1;
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
}
