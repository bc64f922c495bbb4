import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { FlaskConical, Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Rule } from '../../../contract/approval/rule.ts';
import { actOnce } from '../../state/act.ts';
import { useStore, useValue } from '../../state/hooks.ts';
import { AlwaysAsks } from './always-asks.tsx';
import { labels } from './labels.ts';
import { findRules } from './rule.logic.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleTable } from './rule-table.tsx';
import { TestDialog } from './test-dialog.tsx';

/** The section of the settings with all rules: to look through, change, turn off, delete and test. */
export function Rules() {
  const rules = useRules();
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<Rule | null>(null);
  const [adding, add] = useDisclosure(false);
  const [testing, test] = useDisclosure(false);
  const found = useMemo(() => findRules(rules ?? [], search), [rules, search]);

  function close(): void {
    add.close();
    setEditing(null);
  }

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {labels.intro}
      </Text>
      <Group gap="xs">
        <TextInput
          size="xs"
          type="search"
          aria-label={labels.search}
          placeholder={labels.search}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Button
          size="xs"
          ml="auto"
          variant="default"
          leftSection={<FlaskConical size="1em" aria-hidden />}
          onClick={test.open}
        >
          {labels.test}
        </Button>
        <Button size="xs" leftSection={<Plus size="1em" aria-hidden />} onClick={add.open}>
          {labels.add}
        </Button>
      </Group>
      {rules?.length === 0 && (
        <Text size="sm" c="dimmed">
          {labels.none}
        </Text>
      )}
      {rules !== null && rules.length > 0 && found.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {labels.noMatch}
        </Text>
      )}
      {found.length > 0 && <RuleTable rules={found} onEdit={setEditing} />}
      <AlwaysAsks />
      <Modal
        opened={adding || editing !== null}
        title={editing ? labels.form.editTitle : labels.form.addTitle}
        onClose={close}
        centered
      >
        <RuleForm rule={editing} onDone={close} />
      </Modal>
      <TestDialog opened={testing} onClose={test.close} />
    </Stack>
  );
}

/** All rules, asked for again with every change of them; null until they have arrived. */
function useRules(): readonly Rule[] | null {
  const { client, ruleChanges } = useStore();
  const changes = useValue(ruleChanges);
  const [rules, setRules] = useState<readonly Rule[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the rules asks again.
  useEffect(() => {
    let wanted = true;
    void actOnce(() => client.rules.list({})).then((found) => wanted && found && setRules(found));
    return () => {
      wanted = false;
    };
  }, [client, changes]);
  return rules;
}
