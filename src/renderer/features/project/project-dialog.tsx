import { Modal } from '@mantine/core';
import { useValue } from '../../state/hooks.ts';
import { notifyDone } from '../../ui/notify.ts';
import { createPart, usePart } from '../../ui/on-demand.tsx';
import { projectDialogOpen } from '../../ui/window-state.ts';

const projectForm = createPart(async () => (await import('./project-form.tsx')).ProjectForm);

export function ProjectDialog() {
  const open = useValue(projectDialogOpen);
  const Form = usePart(projectForm, open);
  const close = () => projectDialogOpen.set(false);
  return (
    <Modal
      opened={open && Form !== null}
      onClose={close}
      title="Add a project"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {Form && (
        <Form
          onAdded={() => {
            close();
            notifyDone('Project added.');
          }}
        />
      )}
    </Modal>
  );
}
