import { Button, Group, Select, Text, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { attempt } from '../../state/act.ts';
import { useProjects, useSession, useValue } from '../../state/hooks.ts';
import { goHome } from '../../ui/window-state.ts';
import { problemOf, specOf } from './draft.logic.ts';
import { capture } from './draft-store.ts';
import classes from './new-task.module.css';
import { useUsualProject } from './use-usual-project.ts';

/** A task in a few words, in a small window that comes and goes by keys. What is typed stays until it is saved. */
export function CapturePage() {
  const { client, connection } = useSession();
  const { desktop } = connection;
  const projects = useProjects() ?? [];
  const draft = useValue(capture.value);
  const [said, setSaid] = useState<{ problem: boolean; words: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const page = useRef<HTMLFormElement>(null);
  const goal = useRef<HTMLTextAreaElement>(null);
  const leave = () => (desktop ? desktop.hide() : goHome());

  useEffect(() => {
    const element = page.current;
    if (element === null || desktop === null) return;
    const observer = new ResizeObserver(() => desktop.fit(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [desktop]);
  useEffect(() => {
    const onFocus = () => {
      const field = goal.current;
      field?.focus();
      field?.setSelectionRange(field.value.length, field.value.length);
    };
    const onBlur = () => {
      if (capture.value.get().goal.trim() === '') desktop?.hide();
    };
    onFocus();
    addEventListener('focus', onFocus);
    addEventListener('blur', onBlur);
    return () => {
      removeEventListener('focus', onFocus);
      removeEventListener('blur', onBlur);
    };
  }, [desktop]);
  const known = draft.projectId !== null && projects.some(({ id }) => id === draft.projectId);
  const usual = useUsualProject();
  const first = usual ?? projects[0]?.id ?? null;
  useEffect(() => {
    if (!known && first !== null) capture.change({ projectId: first });
  }, [known, first]);

  async function save(start: boolean): Promise<void> {
    const now = capture.value.get();
    const problem = problemOf(now);
    if (problem) return setSaid({ problem: true, words: problem.words });
    if (busy) return;
    setBusy(true);
    const done = await attempt((id) => client.tasks.create({ ...specOf(now), ...id, start }));
    setBusy(false);
    if (!done.ok) return setSaid({ problem: true, words: done.words });
    capture.clear();
    setSaid({ problem: false, words: `${start ? 'Started' : 'Saved'}: ${done.value.title}` });
    leave();
  }

  return (
    <form
      ref={page}
      className={classes.capture}
      aria-label="Quick capture"
      onSubmit={(event) => {
        event.preventDefault();
        void save(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault();
          leave();
        } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
          const typing = event.target === goal.current;
          if (!typing && !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void save(event.ctrlKey || event.metaKey);
        }
      }}
    >
      <Textarea
        ref={goal}
        aria-label="Goal"
        placeholder="What should be done?"
        autosize
        minRows={3}
        maxRows={10}
        value={draft.goal}
        onChange={(event) => {
          capture.change({ goal: event.currentTarget.value });
          setSaid(null);
        }}
      />
      <Group gap="xs" wrap="nowrap">
        <Select
          size="xs"
          flex={1}
          aria-label="Project"
          placeholder="Project"
          searchable
          allowDeselect={false}
          comboboxProps={{ position: 'top-start' }}
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.projectId}
          onChange={(projectId) => capture.change({ projectId })}
        />
        <Button size="xs" type="submit" variant="default" disabled={busy} aria-keyshortcuts="Enter">
          Save as draft
        </Button>
        <Button size="xs" loading={busy} aria-keyshortcuts="Control+Enter Meta+Enter" onClick={() => void save(true)}>
          Start
        </Button>
      </Group>
      <Text size="xs" c={said?.problem ? 'var(--drover-red)' : 'dimmed'} role="status">
        {said?.words ??
          (projects.length === 0
            ? 'There is no project yet: add one in the window first.'
            : 'Enter saves a draft, Ctrl Enter starts it, Shift Enter makes a new line, Esc hides this.')}
      </Text>
    </form>
  );
}
