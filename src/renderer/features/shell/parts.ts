import { createPart } from '../../app/on-demand.tsx';
import { dialogForm } from '../new-task/new-task-dialog.tsx';
import { paletteDialog } from '../palette/palette.tsx';

/** What the board does without until somebody asks for it. */
export const taskView = createPart(async () => (await import('../task/task-view.tsx')).TaskView);
export const settingsPage = createPart(async () => (await import('../settings/settings-page.tsx')).SettingsPage);
export const needsYou = createPart(async () => (await import('../needs-you/needs-you.tsx')).NeedsYou);
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
