import { createWindowSlot } from '../../app/window-id.ts';
import { keptKeys, readStored, writeStored } from '../../ui/stored.ts';
import { createValue, type Value } from '../../ui/value.ts';
import { type Draft, EMPTY_DRAFT, isUntouched, readDraft } from './draft.logic.ts';

/** A draft that is kept in this browser with every change, so that nothing typed is lost by closing or a crash. */
export interface DraftStore {
  readonly value: Value<Draft>;
  change(part: Partial<Draft>): void;
  /** Empties what is said; where and by whom stays as it was chosen. */
  clear(): void;
  /** Forgets all of it. */
  forget(): void;
}

function createStore(key: () => string, isEmpty: (draft: Draft) => boolean): DraftStore {
  const value = createValue<Draft>(readDraft(readStored(key())));
  const store = (next: Draft) => {
    value.set(next);
    writeStored(key(), isEmpty(next) ? null : JSON.stringify(next));
  };
  return {
    value,
    change: (part) => store({ ...value.get(), ...part }),
    clear() {
      const { projectId, agent, model, effort, way, autonomy } = value.get();
      store({ ...EMPTY_DRAFT, projectId, agent, model, effort, way, autonomy });
    },
    forget() {
      value.set(EMPTY_DRAFT);
      writeStored(key(), null);
    },
  };
}

const slot = createWindowSlot('new-task');
/** The task that is being written in this window. */
export const newTask: DraftStore = createStore(slot.key, isUntouched);
/** What was being written before a task was duplicated. */
export const putAside: DraftStore = createStore(() => 'put-aside', isUntouched);
/** What is typed into quick capture; there is one such window. */
export const capture: DraftStore = createStore(() => 'capture', isUntouched);

void slot.claim(
  (text) => newTask.change(readDraft(text)),
  () => isUntouched(newTask.value.get()),
);

/** Puts a draft in the place of what is being written, which is put aside if anything was said in it. */
export function beginFrom(draft: Draft): void {
  const before = newTask.value.get();
  if (!isUntouched(before)) putAside.change(before);
  newTask.change(draft);
}

/** Brings back what was put aside, and puts aside what is there now. */
export function bringBack(): void {
  const aside = putAside.value.get();
  const now = newTask.value.get();
  newTask.change(aside);
  if (isUntouched(now)) putAside.forget();
  else putAside.change(now);
}

const EDITS = 'edit-task.';
const GOALS = 'session-goal.';

/** What is typed to change a draft task: as the task is, until something was typed. */
export function editStore(taskId: string, task: Draft): DraftStore {
  return taskStore(EDITS, taskId, task);
}

/** What is typed as the goal of a session: as the task is, until something was typed. */
export function goalStore(taskId: string, task: Draft): DraftStore {
  return taskStore(GOALS, taskId, task);
}

function taskStore(kind: string, taskId: string, task: Draft): DraftStore {
  const key = `${kind}${taskId}`;
  const store = createStore(
    () => key,
    () => false,
  );
  if (!keptKeys(kind).includes(key)) store.value.set(task);
  return store;
}
