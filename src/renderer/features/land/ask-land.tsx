import { modals } from '@mantine/modals';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { createPart, OnDemand } from '../../app/on-demand.tsx';
import { labels } from './labels.ts';

const landForm = createPart(async () => (await import('./land-form.tsx')).LandForm);
const undoForm = createPart(async () => (await import('./undo-form.tsx')).UndoForm);

/** Shows what landing a task would do, and lands it when a person says so. */
export function askLand({ id, projectId }: Pick<TaskSummary, 'id' | 'projectId'>): void {
  const modalId = modals.open({
    title: labels.title,
    size: 'lg',
    closeButtonProps: { 'aria-label': labels.close },
    children: <OnDemand part={landForm} taskId={id} projectId={projectId} onClose={() => modals.close(modalId)} />,
  });
}

/** Asks before a landing is undone. */
export function askUndoLanding({ id }: Pick<TaskSummary, 'id'>): void {
  const modalId = modals.open({
    title: labels.undoTitle,
    closeButtonProps: { 'aria-label': labels.close },
    children: <OnDemand part={undoForm} taskId={id} onClose={() => modals.close(modalId)} />,
  });
}
