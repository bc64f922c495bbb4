import { Box, Button, Collapse, Group, Text, Textarea } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useValue } from '../../state/hooks.ts';
import { AttachButton, AttachmentList, DropHint } from '../attachments/attachment-list.tsx';
import { labels as fileLabels } from '../attachments/labels.ts';
import { useAttachments } from '../attachments/use-attachments.ts';
import { useDrop } from '../attachments/use-drop.ts';
import { ChecklistEditor } from './checklist-editor.tsx';
import { CLOCKS, type DraftField, problemOf } from './draft.logic.ts';
import type { DraftStore } from './draft-store.ts';
import { labels } from './labels.ts';
import { MoreFields } from './more-fields.tsx';
import classes from './new-task.module.css';
import { TaskChips } from './task-chips.tsx';

export interface TaskFormProps {
  store: DraftStore;
  /** Of a task that is there: so many of its items, and its project and attachments, stay as they are. */
  fixed: { taskId: string; items: number } | null;
  /** The buttons; `ready` says whether nothing is missing, and shows what is. */
  children(ready: () => boolean): ReactNode;
}

/** All that can be said of a task: what should be done first, the rest in little room. Files come by dropping them anywhere on it, by pasting, or by picking. */
export function TaskForm({ store, fixed, children }: TaskFormProps) {
  const draft = useValue(store.value);
  const attachments = useAttachments({
    get: () => store.value.get().attachments,
    set: (files) => store.change({ attachments: files }),
  });
  const drop = useDrop(attachments.add, fixed === null);
  const [asked, setAsked] = useState(false);
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

  return (
    <Box className={classes.form} {...drop.target}>
      {drop.dragged && <DropHint />}
      <div className={classes.body}>
        <Textarea
          ref={goal}
          data-autofocus
          variant="unstyled"
          classNames={{ input: classes.goal }}
          aria-label={labels.goal}
          placeholder={labels.goalExample}
          required
          autosize
          minRows={5}
          maxRows={16}
          value={draft.goal}
          error={problemIn('goal')}
          onChange={(event) => store.change({ goal: event.currentTarget.value })}
        />
        {fixed === null && <AttachmentList files={draft.attachments} attachments={attachments} />}
        <ChecklistEditor
          items={draft.items}
          fixed={fixed?.items ?? 0}
          error={problemIn('items')}
          beside={fixed === null && <AttachButton onAdd={attachments.add} />}
          onChange={(items) => store.change({ items })}
        />
        <TaskChips
          draft={draft}
          onChange={store.change}
          projectProblem={problemIn('project')}
          fixedProject={fixed !== null}
        />
        <More problem={['checks', 'startAt', ...CLOCKS].some((field) => problemIn(field as DraftField))}>
          <MoreFields taskId={fixed?.taskId ?? null} draft={draft} onChange={store.change} problemIn={problemIn} />
        </More>
      </div>
      <div className={classes.foot}>
        {waiting && onTheWay && (
          <Text size="xs" mb="xs" role="status">
            {fileLabels.uploading}
          </Text>
        )}
        {children(ready)}
      </div>
    </Box>
  );
}

/** Folded until it is asked for, or something in it has to be mended. */
function More({ problem, children }: { problem: boolean; children: ReactNode }) {
  const [asked, setAsked] = useState(false);
  const open = asked || problem;
  const all = useRef<HTMLDivElement>(null);
  // At the end of a form that scrolls, what was asked for would come below its edge.
  useEffect(() => {
    if (asked) all.current?.scrollIntoView({ block: 'start' });
  }, [asked]);
  return (
    <div ref={all}>
      <Group>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={open}
          leftSection={open ? <ChevronDown size="1em" aria-hidden /> : <ChevronRight size="1em" aria-hidden />}
          onClick={() => setAsked(!asked)}
        >
          {labels.more}
        </Button>
      </Group>
      <Collapse expanded={open} transitionDuration={0} mt={open ? 'sm' : 0}>
        {children}
      </Collapse>
    </div>
  );
}
