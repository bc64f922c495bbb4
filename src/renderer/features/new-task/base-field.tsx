import { Autocomplete, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { Branch } from '../../../contract/project/state.ts';
import { ago } from '../../../contract/words/measure.ts';
import { wordsOf } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';

const MOST = 40;
const PAUSE_MS = 120;
const KINDS: Record<Branch['kind'], string> = { local: '', remote: 'on the server', tag: 'tag' };

export interface BaseFieldProps {
  projectId: string | null;
  value: string;
  onChange(value: string): void;
}

/** What a workspace begins from: found among branches and tags while typing; any commit can be written too. */
export function BaseField({ projectId, value, onChange }: BaseFieldProps) {
  const client = useClient();
  const [open, setOpen] = useState(false);
  const [search] = useDebouncedValue(value, PAUSE_MS);
  const [found, setFound] = useState<{ branches: readonly Branch[]; more: boolean }>({ branches: [], more: false });
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!open || projectId === null) return;
    let wanted = true;
    client.projects.branches({ projectId, search: search.trim().slice(0, 200), limit: MOST }).then(
      (answer) => {
        if (!wanted) return;
        setProblem(null);
        setFound(answer);
      },
      (error: unknown) => wanted && setProblem(wordsOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [client, open, projectId, search]);

  const byName = new Map(found.branches.map((branch) => [branch.name, branch]));
  const current = found.branches.find((branch) => branch.current)?.name;
  const words =
    problem ??
    (found.more && open ? 'The newest are shown; type to find others.' : 'Branch, tag or commit to start from.');
  return (
    <Autocomplete
      label="Base"
      description={words}
      placeholder={current ? `${current}, checked out` : 'What the project has checked out'}
      disabled={projectId === null}
      maxDropdownHeight={260}
      data={[...byName.keys()]}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      renderOption={({ option }) => {
        const branch = byName.get(option.value);
        return (
          <Group gap="xs" wrap="nowrap" justify="space-between" w="100%">
            <Text size="sm" truncate="end">
              {option.value}
            </Text>
            {branch && (
              <Text size="xs" opacity={0.8} style={{ whiteSpace: 'nowrap' }}>
                {[branch.current ? 'checked out' : KINDS[branch.kind], ago(branch.committedAt, Date.now())]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            )}
          </Group>
        );
      }}
    />
  );
}
