import { Button, Checkbox, Group, Input, Loader, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { LANDING_WAYS, type LandingHow, type LandingPreview } from '../../../contract/landing/state.ts';
import { LANDING_HOW_WORDS, landedOnWords, previewSentences } from '../../../contract/words/landing.ts';
import { attempt, wordsOf } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { notifyDone } from '../../ui/notify.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { labels } from './labels.ts';
import classes from './land.module.css';
import { PreviewParts } from './preview-parts.tsx';

const BRANCHES = 200;

export interface LandFormProps {
  taskId: string;
  projectId: string;
  onClose(): void;
}

/** What would land, how and where; nothing is touched before *Land*. */
export function LandForm({ taskId, projectId, onClose }: LandFormProps) {
  const client = useClient();
  const [onto, setOnto] = useState<string | null>(null);
  const [how, setHow] = useState<LandingHow>('merge');
  const [message, setMessage] = useState<string | null>(null);
  const [touch, setTouch] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [again, setAgain] = useState(0);
  const { preview, failed } = usePreview(taskId, onto, how, again);
  const branches = useBranches(projectId);
  const howLabel = useId();

  async function land(seen: LandingPreview): Promise<void> {
    setBusy(true);
    const input = { taskId, onto: seen.onto, how, touchCheckout: touch, expect: seen.ontoCommit };
    const own = message?.trim() ? { message } : {};
    const done = await attempt((id) => client.landings.land({ ...input, ...own, ...id }));
    setBusy(false);
    if (!done.ok) {
      setProblem(done.words);
      setAgain((times) => times + 1);
      return;
    }
    const { landing } = done.value;
    if (landing) notifyDone(`${landedOnWords(landing)}.`);
    onClose();
  }

  const names = [...new Set([...(preview ? [preview.onto] : []), ...(onto === null ? [] : [onto]), ...branches])];
  const checkout = preview?.checkout?.problem === null ? preview.checkout : null;
  const canLand = preview !== null && preview.problems.length === 0 && (checkout === null || touch);
  return (
    <Stack gap="sm">
      <Group gap="md" align="flex-start">
        <Select
          label={labels.onto}
          searchable
          allowDeselect={false}
          data={names}
          value={onto ?? preview?.onto ?? null}
          onChange={(name) => setOnto(name)}
          data-autofocus
        />
        <Input.Wrapper label={labels.how} labelElement="div" labelProps={{ id: howLabel }}>
          <div>
            <SegmentedControl
              size="xs"
              aria-labelledby={howLabel}
              value={how}
              data={LANDING_WAYS.map((value) => ({ value, label: LANDING_HOW_WORDS[value].label }))}
              onChange={(value) => setHow(value)}
            />
          </div>
        </Input.Wrapper>
      </Group>
      <Text size="sm" c="dimmed">
        {LANDING_HOW_WORDS[how].hint}
      </Text>
      {preview === null && failed === null && <Loader size="sm" aria-label={labels.looking} />}
      <Problems lines={failed === null ? [...(preview?.problems ?? [])] : [failed]} />
      {preview !== null && (
        <>
          <Text size="sm" className={classes.part}>
            {previewSentences(preview, 'without checkout')
              .map((words) => visibleLine(words, 500))
              .join(' ')}
          </Text>
          <PreviewParts preview={preview} />
          {preview.message !== null && (
            <Textarea
              label={labels.message}
              className={classes.message ?? ''}
              autosize
              minRows={2}
              maxRows={8}
              value={message ?? preview.message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
          )}
          {checkout !== null && (
            <Checkbox
              label={labels.touch(preview.onto, visibleLine(checkout.path, 300))}
              description={labels.touchHint}
              checked={touch}
              onChange={(event) => setTouch(event.currentTarget.checked)}
            />
          )}
        </>
      )}
      {problem !== null && <Problems lines={[problem]} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {labels.cancel}
        </Button>
        <Button loading={busy} disabled={!canLand} onClick={() => preview && void land(preview)}>
          {labels.land}
        </Button>
      </Group>
    </Stack>
  );
}

function Problems({ lines }: { lines: readonly string[] }) {
  return (
    <div role="alert">
      {lines.map((line) => (
        <Text key={line} size="sm" c="var(--drover-danger)" className={classes.part}>
          {visibleLine(line, 2500)}
        </Text>
      ))}
    </div>
  );
}

/** The newest preview of what is chosen; null while it is looked at. */
function usePreview(taskId: string, onto: string | null, how: LandingHow, again: number) {
  const client = useClient();
  const [seen, setSeen] = useState<{ preview: LandingPreview | null; failed: string | null }>(NOTHING);
  const newest = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again after a refusal.
  useEffect(() => {
    newest.current += 1;
    const own = newest.current;
    setSeen(NOTHING);
    const input = onto === null ? { taskId, how } : { taskId, how, onto };
    client.landings.preview(input).then(
      (preview) => own === newest.current && setSeen({ preview, failed: null }),
      (error: unknown) => own === newest.current && setSeen({ preview: null, failed: wordsOf(error) }),
    );
    return () => {
      newest.current += 1;
    };
  }, [client, taskId, onto, how, again]);
  return seen;
}
const NOTHING = { preview: null, failed: null };

/** Names of the local branches, the newest first; none until they are known. */
function useBranches(projectId: string): readonly string[] {
  const client = useClient();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let over = false;
    client.projects.branches({ projectId, limit: BRANCHES }).then(
      ({ branches }) => !over && setNames(branches.filter(({ kind }) => kind === 'local').map(({ name }) => name)),
      () => {},
    );
    return () => {
      over = true;
    };
  }, [client, projectId]);
  return names;
}
