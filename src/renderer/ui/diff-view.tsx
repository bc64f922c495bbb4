import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import { truncate } from '../../contract/text.ts';
import type { DiffLine } from './diff.logic.ts';
import classes from './diff-view.module.css';
import { labels } from './labels.ts';
import { visible } from './text.logic.ts';
import { sizes } from './theme.ts';

const SIGNS: Record<DiffLine['kind'], string> = { same: ' ', added: '+', removed: '-', hunk: '', meta: '' };
const LONGEST_LINE = 4000;

/** The lines of a diff, all of them: for short ones. */
export const SmallDiff = memo(function SmallDiff({ lines, most }: { lines: readonly DiffLine[]; most: number }) {
  return (
    <div className={classes.small}>
      {lines.slice(0, most).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and the list never changes.
        <Line key={at} line={line} />
      ))}
      {lines.length > most && <div className={classes.line}>{labels.moreLines(lines.length - most)}</div>}
    </div>
  );
});

/** The lines of a diff of any length, in a box that scrolls. */
export function DiffView({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => sizes.codeLine,
    overscan: 20,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={box} className={classes.box} tabIndex={0} aria-label={label}>
      <div className={classes.all} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const line = lines[row.index];
          return (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className={classes.slot}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {line && <Line line={line} />}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function Line({ line }: { line: DiffLine }) {
  const text = truncate(line.text, LONGEST_LINE);
  return (
    <div className={classes.line} data-kind={line.kind}>
      <span className={classes.number} aria-hidden>
        {line.before ?? ''}
      </span>
      <span className={classes.number} aria-hidden>
        {line.after ?? ''}
      </span>
      <span className={classes.sign}>{SIGNS[line.kind]}</span>
      <span className={classes.text}>{visible(text)}</span>
    </div>
  );
}
