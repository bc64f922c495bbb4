import { Anchor, Loader, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { LongText as LongTextData } from '../../../../contract/run/long-text.ts';
import { bytes } from '../../../../contract/words/measure.ts';
import { wordsOf } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { sizes } from '../../../ui/theme.ts';
import { labels } from '../labels.ts';
import classes from './conversation.module.css';
import { FindContext } from './find-context.ts';
import { useOpened } from './fold.tsx';
import { piecesOf } from './pieces.logic.ts';
import { TextRemoved, wholeText } from './whole-text.ts';

const FIRST_SHOWN = 6000;
const PIECE = 2000;

export interface LongTextProps {
  taskId: string;
  /** Its name in the list, never that of another. */
  name: string;
  content: LongTextData;
  /** What is done to the text before it is shown. */
  as(text: string): string;
}

/** Text of any length as it is written: its beginning, and all of it in a box of its own when asked for. */
export function LongText({ taskId, name, content, as }: LongTextProps) {
  const wanted = useContext(FindContext);
  const [all, setAll] = useOpened(`${name} all`);
  const { text, blob } = content;
  const first = useMemo(() => as(text.slice(0, FIRST_SHOWN)), [as, text]);
  const hasMore = blob !== null || text.length > FIRST_SHOWN;
  const isFurther = hasMore && wanted !== null && !first.toLowerCase().includes(wanted.toLowerCase());
  if (content.bytes === 0) {
    return (
      <Text size="xs" c="dimmed">
        {labels.longText.nothing}
      </Text>
    );
  }
  return (
    <div>
      {all || isFurther ? (
        <Whole taskId={taskId} content={content} as={as} wanted={wanted} />
      ) : (
        <pre className={classes.plain} dir="ltr">
          {first}
        </pre>
      )}
      {hasMore && (
        <Anchor component="button" type="button" size="xs" onClick={() => setAll(!all)}>
          {all ? labels.longText.less : labels.longText.all(bytes(content.bytes))}
        </Anchor>
      )}
    </div>
  );
}

interface WholeProps extends Omit<LongTextProps, 'name'> {
  wanted: string | null;
}

/** All of it, drawn only where it is looked at. */
function Whole({ taskId, content, as, wanted }: WholeProps) {
  const client = useClient();
  const [pieces, setPieces] = useState<readonly string[]>(() =>
    content.blob ? [] : piecesOf(as(content.text), PIECE),
  );
  const [state, setState] = useState<'loading' | 'whole' | string>(content.blob ? 'loading' : 'whole');
  const [isRemoved, setRemoved] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (content.blob === null) return;
    let over = false;
    void (async () => {
      try {
        const found: string[] = [];
        for await (const part of wholeText(client, taskId, content)) {
          if (over) return;
          found.push(...piecesOf(as(part), PIECE));
          setPieces(found.slice());
        }
        if (!over) setState('whole');
      } catch (error) {
        if (over) return;
        setState(wordsOf(error));
        if (!(error instanceof TextRemoved)) return;
        // What the event has of it is all there is.
        setRemoved(true);
        setPieces(piecesOf(as(content.text), PIECE));
      }
    })();
    return () => {
      over = true;
    };
  }, [client, taskId, content, as]);

  const list = useVirtualizer({
    count: pieces.length,
    getScrollElement: () => box.current,
    // A line holds about 80 letters, and the lines of a piece may be shorter.
    estimateSize: (index) => sizes.codeLine * Math.max(1, Math.ceil((pieces[index]?.length ?? 0) / 60)),
    overscan: 2,
  });
  const place = useMemo(() => {
    const word = wanted?.toLowerCase();
    return word ? pieces.findIndex((piece) => piece.toLowerCase().includes(word)) : -1;
  }, [pieces, wanted]);
  useEffect(() => {
    if (place >= 0) list.scrollToIndex(place, { align: 'start' });
  }, [place, list]);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section ref={box} className={classes.whole} tabIndex={0} aria-label={labels.longText.whole}>
        <div className={classes.all} style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => (
            <pre
              key={item.key}
              ref={list.measureElement}
              data-index={item.index}
              dir="ltr"
              className={classes.piece}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {pieces[item.index]?.replace(/\n$/, '')}
            </pre>
          ))}
        </div>
      </section>
      {state === 'loading' && <Loader size="xs" aria-label={labels.longText.loading} />}
      {state !== 'loading' && state !== 'whole' && (
        <Text size="xs" c={isRemoved ? 'dimmed' : 'var(--drover-danger)'} role="note">
          {state}
        </Text>
      )}
    </>
  );
}
