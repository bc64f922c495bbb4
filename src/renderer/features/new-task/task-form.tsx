import { Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useValue } from '../../state/hooks.ts';
import { AttachmentStrip } from './attachment-strip.tsx';
import { ChecklistEditor } from './checklist-editor.tsx';
import { type DraftField, problemOf } from './draft.logic.ts';
import type { DraftStore } from './draft-store.ts';
import classes from './new-task.module.css';
import { TaskFields } from './task-fields.tsx';
import { useAttachments } from './use-attachments.ts';

export interface TaskFormProps {
  store: DraftStore;
  /** Of a task that is there: so many of its items, and its project and attachments, stay as they are. */
  fixed: { items: number } | null;
  /** The buttons; `ready` says whether nothing is missing, and shows what is. */
  children(ready: () => boolean): ReactNode;
}

/** All that can be said of a task. Files come by dropping them anywhere on it, by pasting, or by picking. */
export function TaskForm({ store, fixed, children }: TaskFormProps) {
  const draft = useValue(store.value);
  const attachments = useAttachments(store);
  const [asked, setAsked] = useState(false);
  const [dragged, setDragged] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const goal = useRef<HTMLTextAreaElement>(null);
  const problem = problemOf(draft);
  const problemIn = (field: DraftField) => (asked && problem?.field === field ? problem.words : undefined);
  const onTheWay = attachments.uploads.some((upload) => upload.problem === null);

  function ready(): boolean {
    if (problem === null && !onTheWay) {
      setAsked(false);
      setWaiting(false);
      return true;
    }
    setAsked(problem !== null);
    setWaiting(onTheWay);
    if (problem?.field === 'goal') goal.current?.focus();
    return false;
  }

  const hasFiles = (event: React.DragEvent) => fixed === null && event.dataTransfer.types.includes('Files');
  return (
    <Stack
      gap="md"
      className={classes.form}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDragged(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragged(false);
      }}
      onDrop={(event) => {
        setDragged(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        attachments.add(event.dataTransfer.files);
      }}
      onPaste={(event) => {
        const { files } = event.clipboardData;
        if (fixed !== null || files.length === 0) return;
        event.preventDefault();
        attachments.add(files);
      }}
    >
      {dragged && (
        <div className={classes.drop}>
          <Text fw={600}>Drop to attach</Text>
        </div>
      )}
      <Textarea
        ref={goal}
        data-autofocus
        label="Goal"
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        description="What should be done, in Markdown. The first line becomes the title."
        required
        autosize
        minRows={4}
        maxRows={16}
        value={draft.goal}
        error={problemIn('goal')}
        onChange={(event) => store.change({ goal: event.currentTarget.value })}
      />
      {fixed === null && <AttachmentStrip files={draft.attachments} attachments={attachments} />}
      <ChecklistEditor
        items={draft.items}
        fixed={fixed?.items ?? 0}
        error={problemIn('items')}
        onChange={(items) => store.change({ items })}
      />
      <TaskFields draft={draft} onChange={store.change} problemIn={problemIn} fixedProject={fixed !== null} />
      <div className={classes.foot}>
        {waiting && onTheWay && (
          <Text size="xs" mb="xs" role="status">
            A file is still uploading.
          </Text>
        )}
        {children(ready)}
      </div>
    </Stack>
  );
}
