import { Button, Group, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import type { Task } from '../../../../contract/task/state.ts';
import { act } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { sizes } from '../../../ui/theme.ts';
import { labels } from '../labels.ts';
import classes from '../task.module.css';
import own from './checklist.module.css';
import { ChecklistItem } from './checklist-item.tsx';

/**
 * The steps of a task, which can be changed at any time. Arrow keys go from one to the next. `isBlocked`: what blocks it
 * is said above.
 */
export function Checklist({ task, isBlocked }: { task: Task; isBlocked: boolean }) {
  const client = useClient();
  const [text, setText] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const { items } = task;
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => items[index]?.id ?? index,
    estimateSize: () => sizes.row,
    overscan: 6,
  });

  async function add(): Promise<void> {
    const words = text.trim();
    if (words === '') return;
    if (await act((id) => client.items.add({ taskId: task.id, text: words, ...id }))) setText('');
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const from = (event.target as HTMLElement).closest('[data-index]');
    const isButton = (event.target as HTMLElement).matches('[aria-haspopup=menu]');
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // An open menu has arrows of its own.
    if (!from || !isButton || !step || (event.target as HTMLElement).ariaExpanded === 'true') return;
    const to = Number(from.getAttribute('data-index')) + step;
    if (to < 0 || to >= items.length) return;
    event.preventDefault();
    event.stopPropagation();
    list.scrollToIndex(to);
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-index="${to}"] [aria-haspopup=menu]`)?.focus(),
    );
  }

  return (
    <div className={own.checklist}>
      {items.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          {labels.checklist.empty}
        </Text>
      )}
      <div ref={box} className={own.items} onKeyDownCapture={onKeyDown}>
        <ul className={classes.all} style={{ height: list.getTotalSize() }} aria-label={labels.checklist.list}>
          {list.getVirtualItems().map((row) => {
            const item = items[row.index];
            return (
              <li
                key={row.key}
                ref={list.measureElement}
                data-index={row.index}
                aria-setsize={items.length}
                aria-posinset={row.index + 1}
                className={own.itemSlot}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {item && <ChecklistItem item={item} taskId={task.id} isSaid={isBlocked} />}
              </li>
            );
          })}
        </ul>
      </div>
      <form
        className={own.addItem}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            aria-label={labels.checklist.newItem}
            placeholder={labels.checklist.addItem}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" type="submit" disabled={text.trim() === ''}>
            {labels.checklist.add}
          </Button>
        </Group>
      </form>
    </div>
  );
}
