import { useSortable } from '@dnd-kit/sortable';
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { GripVertical, Terminal, X } from 'lucide-react';
import { useState } from 'react';
import type { DraftItem } from './draft.logic.ts';
import { labels } from './labels.ts';
import classes from './new-task.module.css';

export interface ChecklistRowProps {
  item: DraftItem;
  index: number;
  fixed: boolean;
  onKeyDown(event: React.KeyboardEvent<HTMLInputElement>, index: number): void;
  onPaste(event: React.ClipboardEvent<HTMLInputElement>, index: number): void;
  onPart(part: Partial<DraftItem>): void;
  onRemove(): void;
}

/** One item: a handle to move it, its text, and the command that checks it. */
export function ChecklistRow({ item, index, fixed, onKeyDown, onPaste, onPart, onRemove }: ChecklistRowProps) {
  const [checking, setChecking] = useState(item.check !== '');
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition } = useSortable({
    id: item.key,
    disabled: fixed,
  });
  const number = index + 1;
  return (
    <div ref={setNodeRef} style={{ transform: transform ? `translateY(${transform.y}px)` : undefined, transition }}>
      <div className={classes.item}>
        <ActionIcon
          {...attributes}
          {...listeners}
          ref={setActivatorNodeRef}
          className={classes.handle}
          variant="transparent"
          color="gray"
          size="sm"
          disabled={fixed}
          aria-label={labels.moveItem(number)}
        >
          <GripVertical size="1em" aria-hidden />
        </ActionIcon>
        <TextInput
          flex={1}
          variant="unstyled"
          data-item
          aria-label={labels.item(number)}
          placeholder={index === 0 ? labels.itemExample : undefined}
          value={item.text}
          readOnly={fixed}
          onChange={(event) => onPart({ text: event.currentTarget.value })}
          onKeyDown={(event) => !fixed && onKeyDown(event, index)}
          onPaste={(event) => !fixed && onPaste(event, index)}
        />
        <Tooltip label={labels.checkHint}>
          <Button
            variant={item.check ? 'light' : 'subtle'}
            color={item.check ? undefined : 'gray'}
            size="compact-xs"
            leftSection={<Terminal size="1em" aria-hidden />}
            disabled={fixed}
            aria-label={labels.checkOfItem(number)}
            aria-expanded={checking}
            onClick={() => setChecking(!checking)}
          >
            {labels.check}
          </Button>
        </Tooltip>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          disabled={fixed}
          aria-label={labels.remove(labels.item(number).toLowerCase())}
          onClick={onRemove}
        >
          <X size="1em" aria-hidden />
        </ActionIcon>
      </div>
      {checking && (
        <TextInput
          className={classes.check}
          size="xs"
          leftSection={<Terminal size="1em" aria-hidden />}
          aria-label={labels.checkCommand(number)}
          placeholder={labels.checkExample}
          spellCheck={false}
          value={item.check}
          readOnly={fixed}
          onChange={(event) => onPart({ check: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
