import { Button, Group, Menu, MultiSelect, Select, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Approval, ApprovalFilter } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { decidedWords } from '../../../contract/words/decided.ts';
import { dateTimeExact } from '../../../contract/words/measure.ts';
import { actOnce } from '../../state/act.ts';
import { useProjects, useSession, useValue } from '../../state/hooks.ts';
import { sizes } from '../../ui/theme.ts';
import { go } from '../../ui/window-state.ts';
import classes from './approvals.module.css';
import { PageTabs } from './page-tabs.tsx';
import { saveText } from './save-text.ts';

const PAGE = 200;

const BY: readonly { value: string; label: string }[] = [
  { value: 'user', label: 'You' },
  { value: 'rule', label: 'A rule' },
  { value: 'autonomy', label: 'The autonomy' },
  { value: 'drover', label: 'Drover' },
];

const STATUS: readonly { value: string; label: string }[] = [
  { value: 'pending', label: 'Waiting' },
  { value: 'allowed', label: 'Allowed' },
  { value: 'denied', label: 'Denied' },
  { value: 'expired', label: 'Expired' },
  { value: 'withdrawn', label: 'Withdrawn' },
  { value: 'unasked', label: 'Done unasked' },
];

const FOLLOWED = { succeeded: 'Done', failed: 'Failed' } as const;

/** Everything that was asked for, and who or what decided it, newest first. */
export function Audit() {
  const projects = useProjects() ?? [];
  const [projectId, setProjectId] = useState<string | null>(null);
  const [status, setStatus] = useState<string[]>([]);
  const [by, setBy] = useState<string[]>([]);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 200);
  const filter = useMemo<ApprovalFilter>(
    () => ({
      ...(projectId === null ? {} : { projectId }),
      ...(status.length === 0 ? {} : { status: status as NonNullable<ApprovalFilter['status']> }),
      ...(by.length === 0 ? {} : { by: by as NonNullable<ApprovalFilter['by']> }),
      ...(search === '' ? {} : { search }),
    }),
    [projectId, status, by, search],
  );
  return (
    <section className={classes.page} aria-label="Audit">
      <PageTabs />
      <Group className={classes.filters} gap="xs">
        <TextInput
          size="xs"
          type="search"
          aria-label="Search the audit"
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          size="xs"
          w="10rem"
          aria-label="Project"
          placeholder="Every project"
          clearable
          clearButtonProps={{ 'aria-label': 'Every project' }}
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={projectId}
          onChange={setProjectId}
        />
        <Choice label="Status" data={STATUS} value={status} onChange={setStatus} />
        <Choice label="Who decided" data={BY} value={by} onChange={setBy} />
        <Export filter={filter} />
      </Group>
      <Found key={JSON.stringify(filter)} filter={filter} />
    </section>
  );
}

interface ChoiceProps {
  label: string;
  data: readonly { value: string; label: string }[];
  value: string[];
  onChange(value: string[]): void;
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  return (
    <MultiSelect
      size="xs"
      miw="10rem"
      maw="18rem"
      aria-label={label}
      placeholder={value.length === 0 ? label : ''}
      data={[...data]}
      value={value}
      onChange={onChange}
    />
  );
}

function Found({ filter }: { filter: ApprovalFilter }) {
  const { client, pending } = useSession();
  const projects = useProjects();
  const names = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const changed = useValue(pending.list);
  const [rows, setRows] = useState<readonly Approval[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was just answered belongs on top.
  useEffect(() => {
    let wanted = true;
    void actOnce(() => client.approvals.list({ ...filter, limit: PAGE })).then((page) => {
      if (!wanted || page === null) return;
      setRows(page.approvals);
      setCursor(page.nextCursor);
    });
    return () => {
      wanted = false;
    };
  }, [client, filter, changed]);

  async function more(): Promise<void> {
    if (cursor === null) return;
    setLoading(true);
    const page = await actOnce(() => client.approvals.list({ ...filter, limit: PAGE, cursor }));
    setLoading(false);
    if (page === null) return;
    setRows([...(rows ?? []), ...page.approvals]);
    setCursor(page.nextCursor);
  }

  const list = useVirtualizer({
    count: rows?.length ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => sizes.entry,
    getItemKey: (index) => rows?.[index]?.id ?? index,
    overscan: 10,
  });
  if (rows?.length === 0) {
    return (
      <Text c="dimmed" p="md">
        {Object.keys(filter).length === 0 ? 'No approvals yet.' : 'No approvals match these filters.'}
      </Text>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label="Decisions">
      <ul className={classes.list} style={{ height: list.getTotalSize() }} aria-label="Decisions">
        {list.getVirtualItems().map(({ key, index, start }) => {
          const one = rows?.[index];
          if (!one) return null;
          return (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <UnstyledButton
                className={classes.rowButton}
                onClick={() => go({ place: 'approvals', approvalId: one.id })}
              >
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <Text size="sm" truncate="end">
                    {revealHidden(one.title)}
                  </Text>
                  <Text
                    size="xs"
                    className={classes.more}
                    c={one.followed === 'failed' ? 'var(--drover-red)' : 'dimmed'}
                  >
                    {one.followed === null ? '' : FOLLOWED[one.followed]}
                  </Text>
                </Group>
                <Text size="xs" c="dimmed" truncate="end">
                  {dateTimeExact(one.askedAt)} · {decidedWords(one.decision)} · {names.get(one.projectId) ?? ''} ·{' '}
                  {revealHidden(one.taskTitle)}
                </Text>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      {cursor !== null && (
        <Button m="sm" size="xs" variant="default" loading={loading} onClick={() => void more()}>
          Show older
        </Button>
      )}
    </section>
  );
}

function Export({ filter }: { filter: ApprovalFilter }) {
  const { client } = useSession();
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
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv')}>As CSV, for a spreadsheet</Menu.Item>
        <Menu.Item onClick={() => void save('json')}>As JSON, one decision per line</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
