import { modals } from '@mantine/modals';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { createPart, OnDemand } from '../../app/on-demand.tsx';
import { labels } from './labels.ts';

const scheduleForm = createPart(async () => (await import('./schedule-form.tsx')).ScheduleForm);

/** Asks when a task may start. */
export function askSchedule({ id, schedule }: Pick<TaskSummary, 'id' | 'schedule'>): void {
  const modalId = modals.open({
    title: labels.title,
    closeButtonProps: { 'aria-label': labels.close },
    children: <OnDemand part={scheduleForm} taskId={id} schedule={schedule} onClose={() => modals.close(modalId)} />,
  });
}
