import { useRef, useState } from 'react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { useSession } from '../../state/hooks.ts';
import { tasksInWords } from './bulk.logic.ts';
import { type Columns, type Direction, inReadingOrder } from './columns.logic.ts';
import { draggedWith, firstPlace, nextPlace, type Place, placeWords, samePlace } from './drag.logic.ts';
import { drop } from './drop.ts';

/** Tasks on their way to another place. */
export interface Drag {
  readonly tasks: readonly TaskSummary[];
  readonly by: 'pointer' | 'keys';
  /** Null while they are over nothing that takes them. */
  readonly place: Place | null;
}

export interface DragControl {
  readonly drag: Drag | null;
  /** What a screen reader is told. */
  readonly said: string;
  /** Whether there is anything to drag. */
  begin(taskId: string, by: Drag['by']): boolean;
  to(place: Place | null): void;
  step(direction: Direction): void;
  end(): void;
  cancel(): void;
}

/** One drag, whether it is made with a pointer or with keys. */
export function useDrag(columns: Columns, selected: ReadonlySet<string>): DragControl {
  const session = useSession();
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, say] = useState('');
  // Handlers of one gesture come faster than renders.
  const current = useRef<Drag | null>(null);

  function set(next: Drag | null): void {
    current.current = next;
    setDrag(next);
  }

  function to(place: Place | null): void {
    const now = current.current;
    if (!now || samePlace(now.place, place)) return;
    set({ ...now, place });
    say(place ? placeWords(columns, now.tasks, place) : 'Not a place for it.');
  }

  return {
    drag,
    said,
    to,
    begin(taskId, by) {
      const tasks = draggedWith(inReadingOrder(columns), selected, taskId);
      const place = firstPlace(columns, tasks);
      if (!place) {
        const [first] = tasks;
        say(tasks.length === 1 ? `“${first?.title}” cannot be moved.` : 'These tasks cannot be moved together.');
        return false;
      }
      set({ tasks, by, place: by === 'keys' ? place : null });
      const what = tasks.length === 1 ? `“${tasks[0]?.title}”` : tasksInWords(tasks.length);
      const where = placeWords(columns, tasks, place);
      say(by === 'keys' ? `Moving ${what}. ${where} Arrows choose the place, Enter puts it there.` : `Moving ${what}.`);
      return true;
    },
    step(direction) {
      const now = current.current;
      if (now?.place) to(nextPlace(columns, now.tasks, now.place, direction));
    },
    end() {
      const now = current.current;
      set(null);
      if (!now?.place) {
        say('Nothing was moved.');
        return;
      }
      say(`Put there: ${placeWords(columns, now.tasks, now.place)}`);
      void drop(session, columns, now.tasks, now.place);
    },
    cancel() {
      if (!current.current) return;
      set(null);
      say('Nothing was moved.');
    },
  };
}
