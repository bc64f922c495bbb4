import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { GripVertical, Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { type DraftItem, linesOfList, moveItem, newItem } from './draft.logic.ts';

export interface ChecklistEditorProps {
  items: readonly DraftItem[];
  onChange(items: readonly DraftItem[]): void;
}

/** The steps of a task: Enter makes the next one, a pasted list becomes items, Alt and the arrows or the handle move. */
export function ChecklistEditor({ items, onChange }: ChecklistEditorProps) {
  const list = useRef<HTMLDivElement>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const focus = (index: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('input')[index]?.focus());
  const replace = (index: number, texts: string[]) => {
    onChange([...items.slice(0, index), ...texts.map((text) => newItem(text)), ...items.slice(index + 1)]);
  };

  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>, index: number): void {
    const item = items[index];
    if (!item) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      onChange([...items.slice(0, index + 1), newItem(), ...items.slice(index + 1)]);
      focus(index + 1);
    } else if (event.key === 'Backspace' && item.text === '') {
      onChange(items.filter((one) => one !== item));
      focus(Math.max(0, index - 1));
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const to = index + (event.key === 'ArrowUp' ? -1 : 1);
      onChange(moveItem(items, index, to));
      focus(Math.max(0, Math.min(items.length - 1, to)));
    } else if (!event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      focus(index + (event.key === 'ArrowUp' ? -1 : 1));
    } else return;
    event.preventDefault();
  }

  function onPaste(event: React.ClipboardEvent<HTMLInputElement>, index: number): void {
    const lines = linesOfList(event.clipboardData.getData('text'));
    const item = items[index];
    if (lines.length < 2 || !item) return;
    event.preventDefault();
    replace(index, item.text.trim() ? [item.text, ...lines] : lines);
    focus(index + lines.length - 1);
  }

  return (
    <Input.Wrapper
      label="Checklist"
      labelElement="div"
      inputWrapperOrder={['label', 'description', 'input']}
      description="Steps the agent must finish and report on; paste a list to make many. The task is done when all are."
    >
      <Stack gap="xs" mt="xs" ref={list}>
        <DndContext
          sensors={sensors}
          collisionDetection={closestCenter}
          onDragEnd={({ active, over }) => {
            const index = (id: unknown) => items.findIndex(({ key }) => key === id);
            if (over) onChange(moveItem(items, index(active.id), index(over.id)));
          }}
        >
          <SortableContext items={items.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
            {items.map((item, index) => (
              <Row
                key={item.key}
                item={item}
                index={index}
                onKeyDown={onKeyDown}
                onPaste={onPaste}
                onText={(text) => onChange(items.map((one) => (one === item ? { ...one, text } : one)))}
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
            onChange([...items, newItem()]);
            focus(items.length);
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
  onKeyDown(event: React.KeyboardEvent<HTMLInputElement>, index: number): void;
  onPaste(event: React.ClipboardEvent<HTMLInputElement>, index: number): void;
  onText(text: string): void;
  onRemove(): void;
}

function Row({ item, index, onKeyDown, onPaste, onText, onRemove }: RowProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition } = useSortable({
    id: item.key,
  });
  return (
    <Group
      gap="xs"
      wrap="nowrap"
      ref={setNodeRef}
      style={{ transform: transform ? `translateY(${transform.y}px)` : undefined, transition }}
    >
      <ActionIcon
        {...attributes}
        {...listeners}
        ref={setActivatorNodeRef}
        variant="subtle"
        color="gray"
        aria-label={`Move item ${index + 1}`}
      >
        <GripVertical size="1em" aria-hidden />
      </ActionIcon>
      <TextInput
        flex={1}
        size="sm"
        aria-label={`Item ${index + 1}`}
        value={item.text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => onKeyDown(event, index)}
        onPaste={(event) => onPaste(event, index)}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove item ${index + 1}`} onClick={onRemove}>
        <X size="1em" aria-hidden />
      </ActionIcon>
    </Group>
  );
}
