import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { ActionIcon, Button, Group, Input, Stack, TextInput, Tooltip } from '@mantine/core';
import { GripVertical, Plus, Terminal, X } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { type DraftItem, moveItem, newItem } from './draft.logic.ts';
import { linesOfList } from './list.logic.ts';
import classes from './new-task.module.css';

export interface ChecklistEditorProps {
  items: readonly DraftItem[];
  /** So many at the beginning stay as they are: the task has them already. */
  fixed?: number;
  error?: string;
  onChange(items: readonly DraftItem[]): void;
}

/** The steps of a task: Enter makes the next one, a pasted list becomes items, Alt and the arrows or the handle move. */
export function ChecklistEditor({ items, fixed = 0, error, onChange }: ChecklistEditorProps) {
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
    <Input.Wrapper
      label="Checklist"
      labelElement="div"
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      error={error}
      description="Steps the agent must finish and report on; the task is done when all are. Paste a list to make many, move them with Alt and the arrows."
    >
      <Stack gap="xs" mt="xs" ref={list}>
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
              <Row
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
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<Plus size="1em" aria-hidden />}
          onClick={() => {
            focus(items.length);
            onChange([...items, newItem()]);
          }}
        >
          Add item
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

interface RowProps {
  item: DraftItem;
  index: number;
  fixed: boolean;
  onKeyDown(event: React.KeyboardEvent<HTMLInputElement>, index: number): void;
  onPaste(event: React.ClipboardEvent<HTMLInputElement>, index: number): void;
  onPart(part: Partial<DraftItem>): void;
  onRemove(): void;
}

function Row({ item, index, fixed, onKeyDown, onPaste, onPart, onRemove }: RowProps) {
  const [checking, setChecking] = useState(item.check !== '');
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition } = useSortable({
    id: item.key,
    disabled: fixed,
  });
  return (
    <div ref={setNodeRef} style={{ transform: transform ? `translateY(${transform.y}px)` : undefined, transition }}>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon
          {...attributes}
          {...listeners}
          ref={setActivatorNodeRef}
          variant="subtle"
          color="gray"
          disabled={fixed}
          aria-label={`Move item ${index + 1}`}
        >
          <GripVertical size="1em" aria-hidden />
        </ActionIcon>
        <TextInput
          flex={1}
          size="sm"
          data-item
          aria-label={`Item ${index + 1}`}
          value={item.text}
          readOnly={fixed}
          onChange={(event) => onPart({ text: event.currentTarget.value })}
          onKeyDown={(event) => !fixed && onKeyDown(event, index)}
          onPaste={(event) => !fixed && onPaste(event, index)}
        />
        <Tooltip label="A command that must pass before it counts as done">
          <ActionIcon
            variant={item.check ? 'light' : 'subtle'}
            color={item.check ? undefined : 'gray'}
            disabled={fixed}
            aria-label={`Check of item ${index + 1}`}
            aria-expanded={checking}
            onClick={() => setChecking(!checking)}
          >
            <Terminal size="1em" aria-hidden />
          </ActionIcon>
        </Tooltip>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={fixed}
          aria-label={`Remove item ${index + 1}`}
          onClick={onRemove}
        >
          <X size="1em" aria-hidden />
        </ActionIcon>
      </Group>
      {checking && (
        <TextInput
          className={classes.check}
          size="xs"
          aria-label={`Command that checks item ${index + 1}`}
          placeholder="npm test; must pass before the item counts as done"
          spellCheck={false}
          value={item.check}
          readOnly={fixed}
          onChange={(event) => onPart({ check: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
