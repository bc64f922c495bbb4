import { useRef, useState } from 'react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { useStore } from '../../state/hooks.ts';
import { tasksInWords } from './bulk.logic.ts';
import { type Columns, type Direction, inReadingOrder } from './columns.logic.ts';
import { type DropTarget, draggedWith, firstTarget, nextTarget, sameTarget, targetLabel } from './drag.logic.ts';
import { drop } from './drop.ts';
import { labels } from './labels.ts';

const words = labels.drag;

/** Tasks on their way to another place. */
export interface Drag {
  readonly tasks: readonly TaskSummary[];
  readonly by: 'pointer' | 'keys';
  /** Null while they are over nothing that takes them. */
  readonly place: DropTarget | null;
}

export interface DragControl {
  readonly drag: Drag | null;
  /** What a screen reader is told. */
  readonly said: string;
  /** Whether there is anything to drag. */
  begin(taskId: string, by: Drag['by']): boolean;
  to(place: DropTarget | null): void;
  step(direction: Direction): void;
  end(): void;
  cancel(): void;
}

/** One drag, whether it is made with a pointer or with keys. */
export function useDrag(columns: Columns, selected: ReadonlySet<string>): DragControl {
  const store = useStore();
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, say] = useState('');
  // Handlers of one gesture come faster than renders.
  const current = useRef<Drag | null>(null);

  function set(next: Drag | null): void {
    current.current = next;
    setDrag(next);
  }

  function to(place: DropTarget | null): void {
    const now = current.current;
    if (!now || sameTarget(now.place, place)) return;
    set({ ...now, place });
    say(place ? targetLabel(columns, now.tasks, place) : words.noPlace);
  }

  return {
    drag,
    said,
    to,
    begin(taskId, by) {
      const tasks = draggedWith(inReadingOrder(columns), selected, taskId);
      const place = firstTarget(columns, tasks);
      if (!place) {
        const [first] = tasks;
        say(tasks.length === 1 && first ? words.cannotMove(first.title) : words.cannotMoveTogether);
        return false;
      }
      set({ tasks, by, place: by === 'keys' ? place : null });
      const what = tasks.length === 1 ? `“${tasks[0]?.title}”` : tasksInWords(tasks.length);
      const where = targetLabel(columns, tasks, place);
      say(by === 'keys' ? words.movingByKeys(what, where) : words.moving(what));
      return true;
    },
    step(direction) {
      const now = current.current;
      if (now?.place) to(nextTarget(columns, now.tasks, now.place, direction));
    },
    end() {
      const now = current.current;
      set(null);
      if (!now?.place) {
        say(words.nothing);
        return;
      }
      say(words.done(targetLabel(columns, now.tasks, now.place)));
      void drop(store, columns, now.tasks, now.place);
    },
    cancel() {
      if (!current.current) return;
      set(null);
      say(words.nothing);
    },
  };
}
