import { Button, Group, Menu, MultiSelect, Select, TextInput } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ApprovalFilter } from '../../../contract/approval/state.ts';
import { actOnce } from '../../state/act.ts';
import { useProjects, useStore } from '../../state/hooks.ts';
import type { Chosen } from './audit.logic.ts';
import classes from './audit.module.css';
import { labels } from './labels.ts';
import { saveText } from './save-text.ts';

interface FiltersProps {
  chosen: Chosen;
  onChange(chosen: Chosen): void;
  /** What is exported: as much as is shown. */
  filter: ApprovalFilter;
}

/** What is chosen from all decisions, and saving it. */
export function Filters({ chosen, onChange, filter }: FiltersProps) {
  const projects = useProjects() ?? [];
  const change = (part: Partial<Chosen>) => onChange({ ...chosen, ...part });
  return (
    <Group gap="xs" className={classes.filters}>
      <TextInput
        size="xs"
        type="search"
        aria-label={labels.search}
        placeholder={labels.searchHint}
        value={chosen.search}
        onChange={(event) => change({ search: event.currentTarget.value })}
      />
      <Select
        size="xs"
        w="9rem"
        aria-label={labels.project}
        placeholder={labels.everyProject}
        clearable
        clearButtonProps={{ 'aria-label': labels.everyProject }}
        data={projects.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen.projectId}
        onChange={(projectId) => change({ projectId })}
      />
      <Several
        label={labels.outcome}
        words={labels.status}
        value={chosen.status}
        onChange={(status) => change({ status })}
      />
      <Several label={labels.by} words={labels.deciders} value={chosen.by} onChange={(by) => change({ by })} />
      <Export filter={filter} />
    </Group>
  );
}

interface SeveralProps {
  label: string;
  words: Readonly<Record<string, string>>;
  value: readonly string[];
  onChange(value: string[]): void;
}

function Several({ label, words, value, onChange }: SeveralProps) {
  return (
    <MultiSelect
      size="xs"
      miw="8.5rem"
      maw="16rem"
      aria-label={label}
      placeholder={value.length === 0 ? label : ''}
      data={Object.entries(words).map(([one, says]) => ({ value: one, label: says }))}
      value={[...value]}
      onChange={onChange}
    />
  );
}

function Export({ filter }: { filter: ApprovalFilter }) {
  const { client } = useStore();
  const [busy, setBusy] = useState(false);
  async function save(format: 'csv' | 'json'): Promise<void> {
    setBusy(true);
    const parts: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await actOnce(() => client.approvals.export({ ...filter, format, cursor: cursor ?? undefined }));
      if (page === null) break;
      parts.push(page.text);
      cursor = page.nextCursor;
      if (cursor === null) saveText(`drover-audit.${format === 'csv' ? 'csv' : 'jsonl'}`, parts.join(''));
    }
    setBusy(false);
  }
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" ml="auto" variant="default" loading={busy} leftSection={<Download size="1em" aria-hidden />}>
          {labels.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv')}>{labels.csv}</Menu.Item>
        <Menu.Item onClick={() => void save('json')}>{labels.json}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
