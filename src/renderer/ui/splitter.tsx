import { useRef } from 'react';
import { clampSize, type SplitRange, sizeAfter } from './split.logic.ts';
import classes from './splitter.module.css';

export interface SplitterProps {
  /** What it changes, for those who do not see it. */
  label: string;
  /** Of the part that it changes, in pixels. */
  size: number;
  range: SplitRange;
  /** Where that part is. */
  side: 'left' | 'below';
  onChange(size: number): void;
}

/** The edge of a part of the window: dragged, or moved with the arrows; a double click gives the usual size. */
export function Splitter({ label, size, range, side, onChange }: SplitterProps) {
  const from = useRef<{ at: number; size: number } | null>(null);
  const isBelow = side === 'below';
  const placeOf = (event: React.PointerEvent) => (isBelow ? -event.clientY : event.clientX);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no <hr>.
    <div
      role="separator"
      className={classes.splitter}
      tabIndex={0}
      aria-label={label}
      aria-orientation={isBelow ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={range.least}
      aria-valuemax={range.most}
      onKeyDown={(event) => {
        const [less, more] = isBelow ? (['ArrowDown', 'ArrowUp'] as const) : (['ArrowLeft', 'ArrowRight'] as const);
        const next = sizeAfter(range, event.key, size, less, more);
        if (next === null) return;
        onChange(next);
        event.preventDefault();
      }}
      onDoubleClick={() => onChange(range.usual)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: placeOf(event), size };
      }}
      onPointerMove={(event) => {
        if (from.current) onChange(clampSize(range, from.current.size + placeOf(event) - from.current.at));
      }}
      onLostPointerCapture={() => {
        from.current = null;
      }}
    />
  );
}
