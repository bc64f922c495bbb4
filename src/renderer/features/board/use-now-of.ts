import { useSyncExternalStore } from 'react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { useStore } from '../../state/hooks.ts';
import { visibleLine, withoutMarks } from '../../ui/text.logic.ts';
import { nowOf } from './card.logic.ts';
import { doingWords } from './doing.logic.ts';

const LONGEST = 300;

/** What happens in a task now, in one line that can be shown; with what its agent does, where nothing says more. */
export function useNowOf(task: TaskSummary): string {
  const { doing } = useStore();
  const call = useSyncExternalStore(doing.subscribe, () => doing.get().get(task.id));
  return visibleLine(withoutMarks(nowOf(task, call ? doingWords(call) : null)), LONGEST);
}
