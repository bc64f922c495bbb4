import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Box, Button, Group, Input } from '@mantine/core';
import { Plus } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { ChecklistRow } from './checklist-row.tsx';
import { type DraftItem, moveItem, newItem } from './draft.logic.ts';
import { labels } from './labels.ts';
import { linesOfList } from './list.logic.ts';
import classes from './new-task.module.css';

export interface ChecklistEditorProps {
  items: readonly DraftItem[];
  /** So many at the beginning stay as they are: the task has them already. */
  fixed?: number;
  error?: string;
  /** Stands beside the button that adds an item. */
  beside?: ReactNode;
  onChange(items: readonly DraftItem[]): void;
}

/** The steps of a task: Enter makes the next one, a pasted list becomes items, Alt and the arrows or the handle move. */
export function ChecklistEditor({ items, fixed = 0, error, beside, onChange }: ChecklistEditorProps) {
  const list = useRef<HTMLDivElement>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const wanted = useRef<number | null>(null);
  const inputAt = (index: number) => list.current?.querySelectorAll<HTMLInputElement>('input[data-item]')[index];
  const focusNow = (index: number) => inputAt(index)?.focus();
  /** Focuses an item when the change that comes with it is drawn: before the next key, and not with the next frame. */
  const focus = (index: number) => {
    wanted.current = index;
  };
  useLayoutEffect(() => {
    const input = wanted.current === null ? undefined : inputAt(wanted.current);
    // Something else may be drawn before the item is there.
    if (!input) return;
    input.focus();
    wanted.current = null;
  });
  const replace = (index: number, texts: string[]) => {
    const check = items[index]?.check;
    const added = texts.map((text, at) => newItem(text, at === 0 ? check : ''));
    onChange([...items.slice(0, index), ...added, ...items.slice(index + 1)]);
  };

  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>, index: number): void {
    const item = items[index];
    if (!item) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      focus(index + 1);
      onChange([...items.slice(0, index + 1), newItem(), ...items.slice(index + 1)]);
    } else if (event.key === 'Backspace' && item.text === '') {
      focus(Math.max(0, index - 1));
      onChange(items.filter((one) => one !== item));
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const to = index + (event.key === 'ArrowUp' ? -1 : 1);
      if (to >= fixed && to < items.length) {
        focus(to);
        onChange(moveItem(items, index, to));
      }
    } else if (!event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      focusNow(index + (event.key === 'ArrowUp' ? -1 : 1));
    } else return;
    event.preventDefault();
  }

  function onPaste(event: React.ClipboardEvent<HTMLInputElement>, index: number): void {
    const lines = linesOfList(event.clipboardData.getData('text'));
    const item = items[index];
    if (lines.length < 2 || !item) return;
    event.preventDefault();
    focus(index + lines.length - (item.text.trim() ? 0 : 1));
    replace(index, item.text.trim() ? [item.text, ...lines] : lines);
  }

  return (
    <Box role="group" aria-label={labels.checklist}>
      {items.length > 0 && (
        <div className={classes.items} ref={list}>
          <DndContext
            sensors={sensors}
            collisionDetection={closestCenter}
            onDragEnd={({ active, over }) => {
              const index = (id: unknown) => items.findIndex(({ key }) => key === id);
              if (over && index(over.id) >= fixed) onChange(moveItem(items, index(active.id), index(over.id)));
            }}
          >
            <SortableContext items={items.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
              {items.map((item, index) => (
                <ChecklistRow
                  key={item.key}
                  item={item}
                  index={index}
                  fixed={index < fixed}
                  onKeyDown={onKeyDown}
                  onPaste={onPaste}
                  onPart={(part) => onChange(items.map((one) => (one === item ? { ...one, ...part } : one)))}
                  onRemove={() => onChange(items.filter((one) => one !== item))}
                />
              ))}
            </SortableContext>
          </DndContext>
        </div>
      )}
      {error && <Input.Error role="alert">{error}</Input.Error>}
      <Group gap="xs">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Plus size="1em" aria-hidden />}
          onClick={() => {
            focus(items.length);
            onChange([...items, newItem()]);
          }}
        >
          {labels.addItem}
        </Button>
        {beside}
      </Group>
    </Box>
  );
}
