import { ActionIcon, Button, Group, Modal, Stack, Switch, Table, Text, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Rule } from '../../../contract/approval/rule.ts';
import { revealHidden } from '../../../contract/text.ts';
import { ago } from '../../../contract/words/measure.ts';
import { actOnce } from '../../state/act.ts';
import { useNow, useProjects, useSession, useTaskList, useValue } from '../../state/hooks.ts';
import { notifyUndo } from '../../ui/notify-undo.tsx';
import classes from './approvals.module.css';
import { PageTabs } from './page-tabs.tsx';
import { DECISION_COLORS, DECISION_WORDS, scopeWords } from './rule.logic.ts';
import { RuleForm } from './rule-form.tsx';
import { TryRules } from './try-rules.tsx';

/** All rules, to look through, change, turn off, delete and try. */
export function Rules() {
  const { client, ruleChanges } = useSession();
  const changes = useValue(ruleChanges);
  const [rules, setRules] = useState<readonly Rule[] | null>(null);
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<Rule | null>(null);
  const [adding, add] = useDisclosure(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the rules asks again.
  useEffect(() => {
    let wanted = true;
    void actOnce(() => client.rules.list({})).then((found) => wanted && found && setRules(found));
    return () => {
      wanted = false;
    };
  }, [client, changes]);

  const wanted = search.trim().toLowerCase();
  const found = useMemo(
    () =>
      (rules ?? []).filter((rule) =>
        `${rule.tool} ${rule.pattern} ${rule.words} ${DECISION_WORDS[rule.decision]}`.toLowerCase().includes(wanted),
      ),
    [rules, wanted],
  );
  return (
    <section className={classes.page} aria-label="Rules">
      <PageTabs />
      <div className={classes.tablePage}>
        <Stack gap="md">
          <TryRules />
          <Group justify="space-between" gap="sm">
            <TextInput
              size="xs"
              type="search"
              aria-label="Search rules"
              placeholder="Search rules"
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <Button size="xs" leftSection={<Plus size="1em" aria-hidden />} onClick={add.open}>
              Add a rule
            </Button>
          </Group>
          {rules !== null && rules.length === 0 && (
            <Text c="dimmed">
              No rules yet. A rule answers approvals for you: add one here, or choose “Always in this project” when an
              agent asks.
            </Text>
          )}
          {rules !== null && rules.length > 0 && found.length === 0 && <Text c="dimmed">No matching rules.</Text>}
          {found.length > 0 && <RuleTable rules={found} onEdit={setEditing} />}
          <Text size="xs" c="dimmed">
            Deny beats ask, ask beats allow. Some things always ask, whatever the rules say, unless that is lifted in
            the settings of the project: deleting outside the workspace, pushing with force or to the default branch,
            git’s configuration and hooks, Drover’s own data, and files that hold keys.
          </Text>
        </Stack>
      </div>
      <Modal
        opened={adding || editing !== null}
        title={editing ? 'Change a rule' : 'Add a rule'}
        onClose={close}
        centered
      >
        <RuleForm rule={editing} onDone={close} />
      </Modal>
    </section>
  );

  function close(): void {
    add.close();
    setEditing(null);
  }
}

function RuleTable({ rules, onEdit }: { rules: readonly Rule[]; onEdit(rule: Rule): void }) {
  const { client } = useSession();
  const projects = useProjects();
  const { summaries } = useTaskList();
  const now = useNow(true, 60_000);
  async function remove({ id, tool, pattern, scope, decision }: Rule): Promise<void> {
    const done = await actOnce(() => client.rules.remove({ ruleId: id }));
    if (done === null) return;
    notifyUndo('Rule deleted.', () => void actOnce(() => client.rules.add({ tool, pattern, scope, decision })));
  }
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing="xs" aria-label="Rules">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Decision</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>Where</Table.Th>
            <Table.Th>Made by</Table.Th>
            <Table.Th>Used</Table.Th>
            <Table.Th>On</Table.Th>
            <Table.Th aria-label="Actions" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map((rule) => (
            <Table.Tr key={rule.id} data-off={rule.enabled ? undefined : true}>
              <Table.Td>
                <Text size="sm" c={DECISION_COLORS[rule.decision]}>
                  {DECISION_WORDS[rule.decision]}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm" className={classes.mono}>
                  {revealHidden(rule.tool === '*' ? rule.pattern : `${rule.tool}: ${rule.pattern}`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {revealHidden(rule.words)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm">
                  {scopeWords(rule.scope, {
                    project: (id) => projects?.find((one) => one.id === id)?.name,
                    task: (id) => summaries.get(id)?.title,
                  })}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm">{rule.madeBy === 'approval' ? 'An answer' : 'You'}</Text>
                <Text size="xs" c="dimmed">
                  {ago(rule.createdAt, now)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm">{rule.uses === 0 ? 'Never' : rule.uses === 1 ? 'Once' : `${rule.uses} times`}</Text>
                {rule.lastUsedAt !== null && (
                  <Text size="xs" c="dimmed">
                    {ago(rule.lastUsedAt, now)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Switch
                  size="xs"
                  aria-label={`Rule ${rule.pattern} is on`}
                  checked={rule.enabled}
                  onChange={(event) => {
                    const enabled = event.currentTarget.checked;
                    void actOnce(() => client.rules.set({ ruleId: rule.id, enabled }));
                  }}
                />
              </Table.Td>
              <Table.Td>
                <Group gap="xs" wrap="nowrap">
                  <Tooltip label="Change">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      aria-label={`Change rule ${rule.pattern}`}
                      onClick={() => onEdit(rule)}
                    >
                      <Pencil size="1em" aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                  <Tooltip label="Delete">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      aria-label={`Delete rule ${rule.pattern}`}
                      onClick={() => void remove(rule)}
                    >
                      <Trash2 size="1em" aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
