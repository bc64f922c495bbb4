import { Modal } from '@mantine/core';
import { createPart, usePart } from '../../app/on-demand.tsx';
import { projectDialogOpen } from '../../app/window-state.ts';
import { useValue } from '../../state/hooks.ts';
import { notifyDone } from '../../ui/notify.ts';
import { labels } from './labels.ts';

const projectForm = createPart(async () => (await import('./project-form.tsx')).ProjectForm);

export function ProjectDialog() {
  const open = useValue(projectDialogOpen);
  const Form = usePart(projectForm, open);
  const close = () => projectDialogOpen.set(false);
  return (
    <Modal
      opened={open && Form !== null}
      onClose={close}
      title={labels.addProject}
      size="lg"
      closeButtonProps={{ 'aria-label': labels.close }}
    >
      {Form && (
        <Form
          onAdded={() => {
            close();
            notifyDone(labels.added);
          }}
        />
      )}
    </Modal>
  );
}
