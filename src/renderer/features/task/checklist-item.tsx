import { ActionIcon, Button, Code, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { Ban, CheckCircle2, Circle, CircleDot, CircleSlash, Ellipsis } from 'lucide-react';
import { memo, useState } from 'react';
import type { Item, ItemStatus } from '../../../contract/task/state.ts';
import { dateTimeExact } from '../../../contract/words/measure.ts';
import { act } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { visible, visibleLine } from '../../ui/text.logic.ts';
import { ITEM_WORDS, itemMoves, UNBLOCK } from './checklist.logic.ts';
import own from './checklist.module.css';
import classes from './task.module.css';

const SIGNS: Record<ItemStatus, { icon: typeof Circle; color: string }> = {
  pending: { icon: Circle, color: 'var(--mantine-color-dimmed)' },
  in_progress: { icon: CircleDot, color: 'var(--drover-blue)' },
  completed: { icon: CheckCircle2, color: 'var(--drover-teal)' },
  blocked: { icon: Ban, color: 'var(--drover-orange)' },
  skipped: { icon: CircleSlash, color: 'var(--mantine-color-dimmed)' },
};
const BY = { agent: 'agent', user: 'you', drover: 'Drover' } as const;

/** One item: how it stands, what was noted, and what can be done with it. */
export const ChecklistItem = memo(function ChecklistItem({ item, taskId }: { item: Item; taskId: string }) {
  const client = useClient();
  const [asking, setAsking] = useState<'reason' | 'note' | null>(null);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const { icon: Icon, color } = SIGNS[item.status];

  async function set(status: ItemStatus, reason: string | null = null): Promise<void> {
    setBusy(true);
    const done = await act((id) => client.items.set({ taskId, itemId: item.id, status, reason, ...id }));
    setBusy(false);
    if (done) close();
  }
  async function unblock(): Promise<void> {
    setBusy(true);
    await act((id) => client.tasks.unblock({ taskId, itemIds: [item.id], ...id }));
    setBusy(false);
  }
  async function save(): Promise<void> {
    const text = words.trim();
    if (text === '') return;
    if (asking === 'reason') await set('blocked', text);
    else if (await act((id) => client.items.note({ taskId, itemId: item.id, text, ...id }))) close();
  }
  function close(): void {
    setAsking(null);
    setWords('');
  }

  return (
    <div className={own.item}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Icon size="1.1em" color={color} aria-hidden style={{ flex: 'none', marginTop: '0.2em' }} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text size="sm" className={classes.words} dir="auto">
            {visible(item.text)}
          </Text>
          <Text size="xs" style={{ color }} className={classes.words}>
            {item.id} · {ITEM_WORDS[item.status]}
            {item.reason ? `: ${visible(item.reason)}` : ''}
          </Text>
          {item.check && (
            <Text size="xs" c="dimmed">
              Check: <Code>{visibleLine(item.check.join(' '))}</Code>
            </Text>
          )}
          {item.notes.map((note) => (
            <Text
              key={`${note.at} ${note.text}`}
              size="xs"
              c="dimmed"
              className={classes.words}
              title={dateTimeExact(note.at)}
            >
              {BY[note.by]}: {visible(note.text)}
            </Text>
          ))}
        </div>
        {item.status === 'blocked' && (
          <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void unblock()}>
            Unblock
          </Button>
        )}
        <Menu position="bottom-end" withinPortal returnFocus>
          <Menu.Target>
            <ActionIcon size="sm" variant="subtle" color="gray" loading={busy} aria-label={`Change item ${item.id}`}>
              <Ellipsis size="1em" aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {itemMoves(item.status).map((move) => (
              <Menu.Item
                key={move.status}
                onClick={() => {
                  if (move.status === 'blocked') setAsking('reason');
                  else if (move.words === UNBLOCK) void unblock();
                  else void set(move.status);
                }}
              >
                {move.words}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => setAsking('note')}>Add a note…</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {asking && (
        <Stack gap="xs" mt="xs">
          <Textarea
            size="xs"
            autosize
            maxRows={8}
            autoFocus
            label={asking === 'reason' ? 'Why is it blocked?' : 'Note'}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
              if (event.key === 'Escape') {
                event.stopPropagation();
                close();
              }
            }}
          />
          <Group gap="xs">
            <Button size="compact-xs" onClick={() => void save()} disabled={words.trim() === ''}>
              {asking === 'reason' ? 'Block' : 'Save'}
            </Button>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      )}
    </div>
  );
});
