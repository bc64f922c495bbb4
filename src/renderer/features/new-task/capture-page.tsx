import { Anchor, Button, Text, Textarea } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { taskAddress } from '../../../contract/desktop.ts';
import { goHome } from '../../app/window-state.ts';
import { attempt } from '../../state/act.ts';
import { useProjects, useStore, useValue } from '../../state/hooks.ts';
import { ButtonKeys } from '../../ui/keys.tsx';
import classes from './capture.module.css';
import { problemOf, specOf } from './draft.logic.ts';
import { capture } from './draft-store.ts';
import { labels } from './labels.ts';
import { notifyTask } from './notify-task.tsx';
import { ProjectChip } from './project-chip.tsx';
import { useUsualProject } from './use-usual-project.ts';

/** How long the small window says what became of the task before it goes. */
const SAID_MS = 2500;

interface Saved {
  readonly what: string;
  readonly task: { readonly id: string; readonly title: string };
}

/** A task in a few words, in a small window that comes and goes by keys. What is typed stays until it is saved. */
export function CapturePage() {
  const { client, connection } = useStore();
  const { desktop } = connection;
  const projects = useProjects() ?? [];
  const draft = useValue(capture.value);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [busy, setBusy] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const goal = useRef<HTMLTextAreaElement>(null);
  const openButton = useRef<HTMLButtonElement>(null);
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
      setSaved(null);
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
  useEffect(() => {
    if (saved === null) return goal.current?.focus();
    // So that Enter opens the task, and Escape hides the window at once.
    openButton.current?.focus();
    const timer = setTimeout(() => {
      setSaved(null);
      desktop?.hide();
    }, SAID_MS);
    return () => clearTimeout(timer);
  }, [saved, desktop]);
  const known = draft.projectId !== null && projects.some(({ id }) => id === draft.projectId);
  const usual = useUsualProject();
  const first = usual ?? projects[0]?.id ?? null;
  useEffect(() => {
    if (!known && first !== null) capture.change({ projectId: first });
  }, [known, first]);

  async function save(start: boolean): Promise<void> {
    const now = capture.value.get();
    const missing = problemOf(now);
    if (missing) return setProblem(missing.words);
    if (busy) return;
    setBusy(true);
    const done = await attempt((id) => client.tasks.create({ ...specOf(now), ...id, start }));
    setBusy(false);
    if (!done.ok) return setProblem(done.words);
    capture.clear();
    const what = start ? labels.started : labels.draftSaved;
    if (desktop !== null) return setSaved({ what, task: done.value });
    notifyTask(what, done.value);
    leave();
  }

  return (
    <div className={classes.page} data-alone={desktop === null || undefined}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that are not pressed in a field count, too. */}
      <div
        ref={page}
        className={classes.card}
        data-choosing={choosing || undefined}
        onKeyDown={(event) => {
          if (event.defaultPrevented) return;
          if (event.key === 'Escape' && !choosing) {
            event.preventDefault();
            leave();
          } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            const chord = event.ctrlKey || event.metaKey;
            const starts = chord ? !event.shiftKey : !event.shiftKey && event.target === goal.current;
            if (!starts && !(chord && event.shiftKey)) return;
            event.preventDefault();
            void save(starts);
          }
        }}
      >
        {saved === null ? (
          <form
            className={classes.form}
            aria-label={labels.capture}
            onSubmit={(event) => {
              event.preventDefault();
              void save(true);
            }}
          >
            <div className={classes.title}>
              <Plus size="1em" aria-hidden />
              <Text size="sm" fw={600} flex={1}>
                {labels.newTask}
              </Text>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-keyshortcuts="Escape"
                rightSection={<ButtonKeys keys="escape" />}
                onClick={leave}
              >
                {labels.hide}
              </Button>
            </div>
            <Textarea
              ref={goal}
              variant="unstyled"
              classNames={{ input: classes.goal }}
              aria-label={labels.goal}
              placeholder={labels.captureExample}
              autosize
              minRows={2}
              maxRows={10}
              value={draft.goal}
              error={problem}
              onChange={(event) => {
                capture.change({ goal: event.currentTarget.value });
                setProblem(null);
              }}
            />
            <div className={classes.foot}>
              {projects.length === 0 ? (
                <Text size="xs" c="dimmed" flex={1}>
                  {labels.captureNoProject}
                </Text>
              ) : (
                <div className={classes.chip}>
                  <ProjectChip
                    value={draft.projectId}
                    onOpen={() => setChoosing(true)}
                    onClose={() => setChoosing(false)}
                    onChange={(projectId) => capture.change({ projectId })}
                  />
                </div>
              )}
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                disabled={busy}
                aria-keyshortcuts="Control+Shift+Enter Meta+Shift+Enter"
                rightSection={<ButtonKeys keys="mod+shift+enter" />}
                onClick={() => void save(false)}
              >
                {labels.saveDraft}
              </Button>
              <Button
                size="compact-sm"
                type="submit"
                loading={busy}
                aria-keyshortcuts="Enter"
                rightSection={<ButtonKeys keys="enter" />}
              >
                {labels.start}
              </Button>
            </div>
          </form>
        ) : (
          <div className={classes.said} role="status">
            <Text size="sm" truncate="end" flex={1}>
              {labels.captured(saved.what, saved.task.title)}
            </Text>
            <Anchor
              ref={openButton}
              component="button"
              size="sm"
              onClick={() => {
                setSaved(null);
                desktop?.openBoard(taskAddress(saved.task.id));
              }}
            >
              {labels.open}
            </Anchor>
          </div>
        )}
      </div>
    </div>
  );
}
