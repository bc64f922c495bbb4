import { ActionIcon, Group, Switch, Table, Text, Tooltip } from '@mantine/core';
import { Pencil, Trash2 } from 'lucide-react';
import type { Rule } from '../../../contract/approval/rule.ts';
import { revealHidden } from '../../../contract/text.ts';
import { ago } from '../../../contract/words/measure.ts';
import { actOnce } from '../../state/act.ts';
import { useNow, useProjects, useStore, useTaskList } from '../../state/hooks.ts';
import { notifyUndo } from '../../ui/notify-undo.tsx';
import { DecisionIcon } from './decision-icon.tsx';
import { labels } from './labels.ts';
import { scopeWords } from './rule.logic.ts';
import classes from './rules.module.css';

/** The rules that a person has made, one a row. */
export function RuleTable({ rules, onEdit }: { rules: readonly Rule[]; onEdit(rule: Rule): void }) {
  const { client } = useStore();
  const { columns } = labels;

  async function remove({ id, tool, pattern, scope, decision }: Rule): Promise<void> {
    const done = await actOnce(() => client.rules.remove({ ruleId: id }));
    if (done === null) return;
    notifyUndo(labels.deleted, () => void actOnce(() => client.rules.add({ tool, pattern, scope, decision })));
  }

  return (
    <div className={classes.table}>
      <Table verticalSpacing="xs" aria-label={labels.title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.rule}</Table.Th>
            <Table.Th>{columns.where}</Table.Th>
            <Table.Th>{columns.used}</Table.Th>
            <Table.Th>{columns.on}</Table.Th>
            <Table.Th aria-label={columns.actions} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onEdit={() => onEdit(rule)} onRemove={() => void remove(rule)} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function RuleRow({ rule, onEdit, onRemove }: { rule: Rule; onEdit(): void; onRemove(): void }) {
  const { client } = useStore();
  const projects = useProjects();
  const { summaries } = useTaskList();
  const now = useNow(true, 60_000);
  const says = revealHidden(rule.words);
  const where = scopeWords(rule.scope, {
    project: (id) => projects?.find((one) => one.id === id)?.name,
    task: (id) => summaries.get(id)?.title,
  });
  return (
    <Table.Tr data-off={rule.enabled ? undefined : true} className={classes.row}>
      <Table.Td>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <span className={classes.icon}>
            <DecisionIcon decision={rule.decision} />
          </span>
          <div>
            <Text size="sm" className={classes.says}>
              {says}
            </Text>
            <Text size="xs" c="dimmed">
              {labels.madeBy[rule.madeBy]} · {ago(rule.createdAt, now)}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{revealHidden(where)}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{labels.uses(rule.uses)}</Text>
        {rule.lastUsedAt !== null && (
          <Text size="xs" c="dimmed">
            {labels.last(ago(rule.lastUsedAt, now))}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Switch
          size="xs"
          aria-label={labels.isOn(says)}
          checked={rule.enabled}
          onChange={(event) => {
            const enabled = event.currentTarget.checked;
            void actOnce(() => client.rules.set({ ruleId: rule.id, enabled }));
          }}
        />
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap" justify="flex-end">
          <Action label={labels.edit} name={labels.editOne(says)} Icon={Pencil} onClick={onEdit} />
          <Action label={labels.delete} name={labels.deleteOne(says)} Icon={Trash2} onClick={onRemove} />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function Action({ label, name, Icon, onClick }: { label: string; name: string; Icon: typeof Pencil; onClick(): void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={name} onClick={onClick}>
        <Icon size="1em" aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
