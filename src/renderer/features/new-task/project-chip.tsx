import { FolderGit2 } from 'lucide-react';
import { projectDialogOpen } from '../../app/window-state.ts';
import { useProjects } from '../../state/hooks.ts';
import { ChipSelect } from './chip-select.tsx';
import { labels } from './labels.ts';

const ADD = '+';

export interface ProjectChipProps {
  value: string | null;
  disabled?: boolean;
  invalid?: boolean;
  /** Offers to add one, too. */
  canAdd?: boolean;
  onOpen?(): void;
  onClose?(): void;
  onChange(projectId: string): void;
}

/** The project to work in. */
export function ProjectChip({ value, canAdd, onChange, ...rest }: ProjectChipProps) {
  const projects = useProjects() ?? [];
  const all = projects.map(({ id, name, path }) => ({ value: id, label: name, words: path }));
  return (
    <ChipSelect
      {...rest}
      name={labels.project}
      icon={<FolderGit2 size="1em" aria-hidden />}
      action="new.project"
      shown={projects.find(({ id }) => id === value)?.name ?? labels.noProject}
      value={value ?? ''}
      search={{ placeholder: labels.searchProjects }}
      options={canAdd ? [...all, { value: ADD, label: labels.addProject }] : all}
      onChoose={(id) => {
        if (id === ADD) projectDialogOpen.set(true);
        else onChange(id);
      }}
    />
  );
}
