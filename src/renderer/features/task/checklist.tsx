import { ActionIcon, Button, Code, Group, Menu, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { Ban, CheckCircle2, Circle, CircleDot, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Item, ItemStatus, Task } from '../../../contract/task/state.ts';
import { act } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { ITEM_WORDS, itemMoves } from './checklist.logic.ts';
import { dateTime } from './measure.logic.ts';
import classes from './task.module.css';
import { visible, visibleLine } from './text.logic.ts';

const SIGNS: Record<ItemStatus, { icon: typeof Circle; color: string }> = {
  pending: { icon: Circle, color: 'var(--mantine-color-dimmed)' },
  in_progress: { icon: CircleDot, color: 'var(--drover-blue)' },
  completed: { icon: CheckCircle2, color: 'var(--drover-teal)' },
  blocked: { icon: Ban, color: 'var(--drover-orange)' },
};
const BY = { agent: 'agent', user: 'you', drover: 'Drover' } as const;

/** The steps of a task, which can be changed at any time. */
export function Checklist({ task }: { task: Task }) {
  const client = useClient();
  const [text, setText] = useState('');

  async function add(): Promise<void> {
    const words = text.trim();
    if (words === '') return;
    if (await act((id) => client.items.add({ taskId: task.id, text: words, ...id }))) setText('');
  }

  return (
    <Stack className={classes.page} gap="xs">
      {task.items.length === 0 && (
        <Text size="sm" c="dimmed">
          No checklist: the task is complete when the agent’s turn ends well. Items can be added here at any time.
        </Text>
      )}
      {task.items.map((item) => (
        <ItemCard key={item.id} item={item} taskId={task.id} />
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            aria-label="New item"
            placeholder="Add an item"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" type="submit" disabled={text.trim() === ''}>
            Add
          </Button>
        </Group>
      </form>
    </Stack>
  );
}

function ItemCard({ item, taskId }: { item: Item; taskId: string }) {
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
    <div className={classes.item}>
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
              title={dateTime(note.at)}
            >
              {BY[note.by]}: {visible(note.text)}
            </Text>
          ))}
        </div>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon size="sm" variant="subtle" color="gray" loading={busy} aria-label={`Change item ${item.id}`}>
              <Ellipsis size="1em" aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {itemMoves(item.status).map((move) => (
              <Menu.Item
                key={move.status}
                onClick={() => (move.status === 'blocked' ? setAsking('reason') : void set(move.status))}
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
}
