import { ActionIcon, Tooltip } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { labels } from '../labels.ts';

/** The keys that move a queued message, with Alt. */
export const MOVES: Readonly<Record<string, -1 | 1 | undefined>> = { ArrowUp: -1, ArrowDown: 1 };

interface MoveButtonsProps {
  /** Its place among so many. */
  at: number;
  count: number;
  onMove(at: number, by: -1 | 1): void;
}

/** Moves a queued message, so that the agent reads it earlier or later. */
export function MoveButtons({ at, count, onMove }: MoveButtonsProps) {
  const { queued } = labels;
  return ([-1, 1] as const).map((by) => {
    const [words, Icon] = by < 0 ? [queued.earlier, ArrowUp] : [queued.later, ArrowDown];
    return (
      <Tooltip key={by} label={queued.moveHint(words, by < 0 ? '↑' : '↓')}>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          data-move={by}
          aria-label={words}
          aria-keyshortcuts={by < 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown'}
          disabled={by < 0 ? at === 0 : at === count - 1}
          onClick={() => onMove(at, by)}
        >
          <Icon size="1em" aria-hidden />
        </ActionIcon>
      </Tooltip>
    );
  });
}
