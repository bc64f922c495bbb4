import { createValue } from '../../state/value.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { type Draft, EMPTY_DRAFT, isUntouched, readDraft } from './draft.logic.ts';

const KEY = 'new-task';

/** The task that is being written: kept in this browser until it is saved, so that nothing typed is lost. */
export const draft = createValue<Draft>(readDraft(readStored(KEY)));

export function storeDraft(next: Draft): void {
  draft.set(next);
  writeStored(KEY, isUntouched(next) ? null : JSON.stringify(next));
}

/** Empties what is said; where and by whom stays as it was chosen. */
export function clearDraft(): void {
  const { projectId, agent, model, effort, autonomy } = draft.get();
  storeDraft({ ...EMPTY_DRAFT, projectId, agent, model, effort, autonomy });
}
