import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { createPart, usePart } from '../../app/on-demand.tsx';
import { goHome, projectDialogOpen, route } from '../../app/window-state.ts';
import { useValue } from '../../state/hooks.ts';
import { sizes } from '../../ui/theme.ts';
import { labels } from './labels.ts';
import classes from './new-task.module.css';

export const dialogForm = createPart(async () => (await import('./dialog-form.tsx')).DialogForm);

/** The dialog at `#/new`: a new task, one made after another, or a draft that is changed. Closing keeps what was typed. */
export function NewTaskDialog() {
  const at = useValue(route);
  const addsProject = useValue(projectDialogOpen);
  const narrow = useMediaQuery(`(max-width: ${sizes.narrow}px)`);
  const Form = usePart(dialogForm, at.newTask);
  return (
    <Modal
      // Not before its fields are there, so that the first of them gets the focus.
      opened={at.newTask && Form !== null}
      onClose={goHome}
      // It closes the dialog in front only.
      closeOnEscape={!addsProject}
      title={at.edit ? labels.editDraft : labels.newTask}
      size="xl"
      classNames={{ content: classes.dialog, header: classes.head, body: classes.dialogBody }}
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': labels.close }}
    >
      {at.newTask && Form && <Form edit={at.edit} from={at.from} />}
    </Modal>
  );
}
