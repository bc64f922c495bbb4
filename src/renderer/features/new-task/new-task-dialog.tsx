import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useValue } from '../../state/hooks.ts';
import { createPart, usePart } from '../../ui/on-demand.tsx';
import { sizes } from '../../ui/theme.ts';
import { goHome, route } from '../../ui/window-state.ts';

export const dialogForm = createPart(async () => (await import('./dialog-form.tsx')).DialogForm);

/** The dialog at `#/new`: a new task, one made after another, or a draft that is changed. Closing keeps what was typed. */
export function NewTaskDialog() {
  const at = useValue(route);
  const narrow = useMediaQuery(`(max-width: ${sizes.narrow}px)`);
  const Form = usePart(dialogForm, at.newTask);
  return (
    <Modal
      // Not before its fields are there, so that the first of them gets the focus.
      opened={at.newTask && Form !== null}
      onClose={goHome}
      title={at.edit ? 'Edit the draft' : 'New task'}
      size="xl"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': 'Close; what you typed is kept' }}
    >
      {at.newTask && Form && <Form edit={at.edit} from={at.from} />}
    </Modal>
  );
}
