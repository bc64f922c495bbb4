import { createPart } from '../../ui/on-demand.tsx';
import { dialogForm } from '../new-task/new-task-dialog.tsx';
import { paletteDialog } from '../palette/palette.tsx';

/** What the board does without until somebody asks for it. */
export const taskView = createPart(async () => (await import('../task/task-view.tsx')).TaskView);
export const settingsPage = createPart(async () => (await import('../settings/settings-page.tsx')).SettingsPage);
export const inbox = createPart(async () => (await import('../approvals/inbox.tsx')).Inbox);
export const rules = createPart(async () => (await import('../approvals/rules.tsx')).Rules);
export const audit = createPart(async () => (await import('../approvals/audit.tsx')).Audit);
export const welcome = createPart(async () => (await import('../welcome/welcome.tsx')).Welcome);

/** Loads, once the page has nothing else to do, what is opened most and must be there at once. The answer calls it off. */
export function loadWhenIdle(): () => void {
  const asked = requestIdleCallback(() => {
    taskView.load();
    dialogForm.load();
    paletteDialog.load();
  });
  return () => cancelIdleCallback(asked);
}
