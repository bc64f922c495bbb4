import { Modal } from '@mantine/core';
import { useValue } from '../../state/hooks.ts';
import { notifyDone } from '../../ui/notify.ts';
import { projectDialogOpen } from '../../ui/window-state.ts';
import { ProjectForm } from './project-form.tsx';

export function ProjectDialog() {
  const open = useValue(projectDialogOpen);
  const close = () => projectDialogOpen.set(false);
  return (
    <Modal opened={open} onClose={close} title="Add a project" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <ProjectForm
        onAdded={() => {
          close();
          notifyDone('The project is added.');
        }}
      />
    </Modal>
  );
}
