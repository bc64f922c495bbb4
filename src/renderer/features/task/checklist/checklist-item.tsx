import { ActionIcon, Button, Group, Menu, Stack, Textarea, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Ban, CheckCircle2, Circle, CircleDot, CircleSlash, Ellipsis } from 'lucide-react';
import { memo, useState } from 'react';
import type { Item, ItemStatus } from '../../../../contract/task/state.ts';
import { dateTime } from '../../../../contract/words/measure.ts';
import { act } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { visible, visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import { type ItemMove, itemMoves, tickMove } from './checklist.logic.ts';
import own from './checklist.module.css';

const SIGNS: Record<ItemStatus, { Icon: typeof Circle; color: string }> = {
  pending: { Icon: Circle, color: 'var(--mantine-color-dimmed)' },
  in_progress: { Icon: CircleDot, color: 'var(--drover-running)' },
  completed: { Icon: CheckCircle2, color: 'var(--drover-done)' },
  blocked: { Icon: Ban, color: 'var(--drover-needs)' },
  skipped: { Icon: CircleSlash, color: 'var(--mantine-color-dimmed)' },
};
const LONGEST_NAME = 80;

interface ChecklistItemProps {
  item: Item;
  taskId: string;
  /** Why it is blocked is said elsewhere. */
  isSaid: boolean;
}

/** One item: how it stands, what was noted, and what can be done with it. */
export const ChecklistItem = memo(function ChecklistItem({ item, taskId, isSaid }: ChecklistItemProps) {
  const client = useClient();
  const [asking, setAsking] = useState<'reason' | 'note' | null>(null);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const { Icon, color } = SIGNS[item.status];
  const tick = tickMove(item.status);
  const name = visibleLine(item.text, LONGEST_NAME);

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
  function move({ to }: ItemMove): void {
    if (to === 'blocked') setAsking('reason');
    else if (to === 'unblock') void unblock();
    else void set(to);
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
    <div className={own.item} data-status={item.status}>
      <div className={own.itemRow}>
        {tick === null ? (
          <span className={own.tick} style={{ color }}>
            <Icon size="1.15em" aria-hidden />
          </span>
        ) : (
          <UnstyledButton
            className={own.tick}
            style={{ color }}
            disabled={busy}
            title={tick.words}
            role="checkbox"
            aria-checked={item.status === 'in_progress' ? 'mixed' : item.status === 'completed'}
            aria-label={name}
            onClick={() => move(tick)}
          >
            <Icon size="1.15em" aria-hidden />
          </UnstyledButton>
        )}
        <div className={own.itemWords}>
          <VisuallyHidden>{labels.checklist.states[item.status]}: </VisuallyHidden>
          <span className={own.text} dir="auto">
            {visible(item.text)}
          </span>
          {item.reason && !isSaid && <div className={own.reason}>{visible(item.reason)}</div>}
          {item.check && (
            <div className={own.small}>
              {labels.checklist.check} <span className={own.mono}>{visibleLine(item.check.join(' '))}</span>
            </div>
          )}
          <Notes item={item} />
        </div>
        {item.status === 'blocked' && (
          <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void unblock()}>
            {labels.checklist.moves.unblock}
          </Button>
        )}
        <Menu position="bottom-end" withinPortal returnFocus>
          <Menu.Target>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              loading={busy}
              aria-label={labels.checklist.change(name)}
              className={own.more}
            >
              <Ellipsis size="1em" aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {itemMoves(item.status).map((one) => (
              <Menu.Item key={one.to} onClick={() => move(one)}>
                {one.words}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => setAsking('note')}>{labels.checklist.addNote}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {asking && (
        <Stack gap="xs" mt="xs" className={own.asking}>
          <Textarea
            size="xs"
            autosize
            maxRows={8}
            autoFocus
            label={asking === 'reason' ? labels.checklist.why : labels.checklist.note}
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
              {asking === 'reason' ? labels.checklist.block : labels.checklist.save}
            </Button>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={close}>
              {labels.checklist.cancel}
            </Button>
          </Group>
        </Stack>
      )}
    </div>
  );
});

/** The newest note; the others when they are asked for. */
function Notes({ item: { notes } }: { item: Item }) {
  const [all, setAll] = useState(false);
  const shown = all ? notes : notes.slice(-1);
  return (
    <>
      {shown.map((note) => (
        <div key={`${note.at} ${note.text}`} className={own.small} title={dateTime(note.at)}>
          {note.by === 'user' && `${labels.checklist.byYou}: `}
          {visible(note.text)}
        </div>
      ))}
      {notes.length > 1 && (
        <UnstyledButton className={own.moreNotes} onClick={() => setAll(!all)}>
          {all ? labels.checklist.fewerNotes : labels.checklist.moreNotes(notes.length - 1)}
        </UnstyledButton>
      )}
    </>
  );
}
