import { useDebouncedValue } from '@mantine/hooks';
import { GitBranch } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Branch } from '../../../contract/project/state.ts';
import { ago } from '../../../contract/words/measure.ts';
import { wordsOf } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { type ChipOption, ChipSelect } from './chip-select.tsx';
import { labels } from './labels.ts';

const MOST = 40;
const PAUSE_MS = 120;
const KINDS: Record<Branch['kind'], string> = { local: '', remote: labels.onServer, tag: labels.tag };

export interface BaseChipProps {
  projectId: string | null;
  value: string;
  onChange(value: string): void;
}

/** What a workspace begins from: found among branches and tags while typing; any commit can be written too. */
export function BaseChip({ projectId, value, onChange }: BaseChipProps) {
  const client = useClient();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), PAUSE_MS);
  const [found, setFound] = useState<{ branches: readonly Branch[]; more: boolean }>({ branches: [], more: false });
  const [problem, setProblem] = useState<string | null>(null);
  const current = useCurrentBranch(projectId);
  useEffect(() => {
    if (!open || projectId === null) return;
    let wanted = true;
    client.projects.branches({ projectId, search: search.slice(0, 200), limit: MOST }).then(
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

  const checkedOut: ChipOption = {
    value: '',
    label: labels.currentBranch(current),
    words: labels.currentBranchHint,
  };
  const now = Date.now();
  const branches = found.branches.map((branch) => ({
    value: branch.name,
    label: branch.name,
    side: [KINDS[branch.kind], ago(branch.committedAt, now)].filter(Boolean).join(' · '),
  }));
  return (
    <ChipSelect
      name={labels.base}
      icon={<GitBranch size="1em" aria-hidden />}
      action="new.base"
      shown={value === '' ? labels.currentBranch(current) : value}
      value={value}
      disabled={projectId === null}
      options={text.trim() === '' ? [checkedOut, ...branches] : branches}
      note={problem ?? (found.more ? labels.moreBases : null)}
      search={{ placeholder: labels.searchBases, other: labels.useBase, onText: setText }}
      onOpen={() => setOpen(true)}
      onChoose={onChange}
    />
  );
}

/** What a project has checked out now: null when it is no branch, undefined while that is not known. */
function useCurrentBranch(projectId: string | null): string | null | undefined {
  const client = useClient();
  const [known, setKnown] = useState<{ projectId: string; branch: string | null } | null>(null);
  useEffect(() => {
    if (projectId === null) return;
    let wanted = true;
    client.projects.get({ projectId }).then(
      ({ currentBranch }) => wanted && setKnown({ projectId, branch: currentBranch }),
      // The task says what is wrong with the project.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [client, projectId]);
  return known?.projectId === projectId ? known?.branch : undefined;
}
