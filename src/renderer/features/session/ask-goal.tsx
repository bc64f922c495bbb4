import { modals } from '@mantine/modals';
import { createPart, OnDemand } from '../../app/on-demand.tsx';
import { labels } from './labels.ts';

const goalForm = createPart(async () => (await import('./goal-form.tsx')).GoalForm);

/** Asks for the goal and the items of a session that has none, without which it cannot be given back. */
export function askGoal(taskId: string): void {
  const modalId = modals.open({
    title: labels.title,
    size: 'lg',
    closeButtonProps: { 'aria-label': labels.close },
    children: <OnDemand part={goalForm} taskId={taskId} onClose={() => modals.close(modalId)} />,
  });
}
