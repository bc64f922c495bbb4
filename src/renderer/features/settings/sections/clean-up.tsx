import { Button, Checkbox, Group, Loader, Modal, ScrollArea, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AutomaticCleanUp, Leftover, LeftoverSize } from '../../../../contract/clean-up/state.ts';
import { automaticWords, staysWords } from '../../../../contract/words/clean-up.ts';
import { bytes } from '../../../../contract/words/measure.ts';
import { actOnce, wordsOf } from '../../../state/act.ts';
import { useClient, useProjects } from '../../../state/hooks.ts';
import { notifyDone, notifyProblem } from '../../../ui/notify.ts';
import {
  aboutLeftover,
  keyOf,
  type MeasuredLeftover,
  selectedAtFirst,
  sizeOfLeftover,
  sumOf,
  useOfProjects,
  withSizes,
} from '../clean-up.logic.ts';
import { labels } from '../labels.ts';
import classes from './clean-up.module.css';

export interface CleanUpProps {
  onClose(): void;
  onDone(): void;
}

/** Shows what tasks have left on the disk, what of it can go and why the rest stays, and removes what is selected. */
export function CleanUp({ onClose, onDone }: CleanUpProps) {
  const client = useClient();
  const { leftovers, last, sizes, problem, read } = useLeftovers();
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const [busy, setBusy] = useState(false);
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  const measured = useMemo(() => leftovers && withSizes(leftovers, sizes), [leftovers, sizes]);
  const going = measured?.filter(({ stays }) => stays === null) ?? [];
  const staying = measured?.filter(({ stays }) => stays !== null) ?? [];
  const selected = chosen ?? selectedAtFirst(going);
  const removing = going.filter((one) => selected.has(keyOf(one)));

  function choose(keys: readonly string[], on: boolean): void {
    const next = new Set(selected);
    for (const key of keys) {
      if (on) next.add(key);
      else next.delete(key);
    }
    setChosen(next);
  }

  /** One after the other; it ends with the dialog. */
  async function remove(): Promise<void> {
    setBusy(true);
    let count = 0;
    let freed = 0;
    let stayed = 0;
    for (const { kind, id } of removing) {
      if (!isOpen.current) break;
      const done = await actOnce(() => client.cleanUp.remove({ leftovers: [{ kind, id }] }));
      const [one] = done ?? [];
      if (one?.removed) {
        count += 1;
        freed += one.bytes ?? 0;
      } else {
        stayed += 1;
        if (one) notifyProblem(one.words);
      }
    }
    if (count > 0) notifyDone(labels.cleanUpDone(count, bytes(freed)));
    onDone();
    if (!isOpen.current) return;
    setBusy(false);
    if (stayed === 0) return onClose();
    // What is in the way is shown with the rest.
    setChosen(null);
    await read();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={labels.cleanUpTitle}
      size="lg"
      closeButtonProps={{ 'aria-label': labels.close }}
    >
      <Stack gap="md">
        {problem !== null && <Text size="sm">{problem}</Text>}
        {measured === null && problem === null && <Loader size="sm" aria-label={labels.cleanUpChecking} />}
        {measured?.length === 0 && <Text size="sm">{labels.cleanUpNone}</Text>}
        {measured !== null && measured.length > 0 && (
          <>
            <Use leftovers={measured} />
            {going.length === 0 && <Text size="sm">{labels.cleanUpNoneGoes}</Text>}
            {going.length > 0 && (
              <Part words={labels.cleanUpGoes(going.length, bytes(sumOf(going)))}>
                {going.length > 1 && (
                  <Checkbox
                    size="sm"
                    mb="xs"
                    label={labels.cleanUpAll}
                    disabled={busy}
                    checked={removing.length === going.length}
                    indeterminate={removing.length > 0 && removing.length < going.length}
                    onChange={(event) => choose(going.map(keyOf), event.currentTarget.checked)}
                  />
                )}
                {going.map((one) => (
                  <Going
                    key={keyOf(one)}
                    leftover={one}
                    isChosen={selected.has(keyOf(one))}
                    disabled={busy}
                    onChoose={(on) => choose([keyOf(one)], on)}
                  />
                ))}
              </Part>
            )}
            {staying.length > 0 && (
              <Part words={labels.cleanUpStays(staying.length, bytes(sumOf(staying)))}>
                {staying.map((one) => (
                  <Line key={keyOf(one)} leftover={one} more={one.stays && staysWords(one.stays)} />
                ))}
              </Part>
            )}
          </>
        )}
        {last !== null && (
          <Text size="xs" c="dimmed">
            {automaticWords(last)}
          </Text>
        )}
        {going.length > 0 && (
          <Text size="xs" c="dimmed">
            {labels.cleanUpHint}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {labels.cancel}
          </Button>
          {going.length > 0 && (
            // It comes when git has answered; what is selected at first is held by another branch.
            <Button autoFocus loading={busy} disabled={removing.length === 0} onClick={() => void remove()}>
              {labels.cleanUpConfirm(removing.length)}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** What tasks have left, and the sizes of workspaces as they are measured, one after the other while the dialog is open. */
function useLeftovers() {
  const client = useClient();
  const [leftovers, setLeftovers] = useState<readonly Leftover[] | null>(null);
  const [last, setLast] = useState<AutomaticCleanUp | null>(null);
  const [sizes, setSizes] = useState<ReadonlyMap<string, LeftoverSize>>(new Map());
  const [problem, setProblem] = useState<string | null>(null);
  const reading = useRef<AbortController | null>(null);

  async function read(): Promise<void> {
    reading.current?.abort();
    const mine = new AbortController();
    reading.current = mine;
    const { signal } = mine;
    try {
      const found = await client.cleanUp.preview({}, { signal });
      if (signal.aborted) return;
      setLeftovers(found.leftovers);
      setLast(found.last);
      for (const { kind, id } of found.leftovers) {
        if (kind !== 'workspace') continue;
        const size = await client.cleanUp.measure({ workspaceId: id }, { signal });
        if (signal.aborted) return;
        setSizes((before) => new Map(before).set(id, size));
      }
    } catch (error) {
      if (!signal.aborted) setProblem(wordsOf(error));
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, and again after a removal.
  useEffect(() => {
    void read();
    return () => reading.current?.abort();
  }, []);
  return { leftovers, last, sizes, problem, read };
}

/** How much room what is shown takes, project by project. */
function Use({ leftovers }: { leftovers: readonly MeasuredLeftover[] }) {
  const projects = useProjects() ?? [];
  const nameOf = (projectId: string) => projects.find(({ id }) => id === projectId)?.name ?? projectId;
  const uses = useOfProjects(leftovers, nameOf).map((one) => labels.cleanUpOf(one.name, bytes(one.bytes)));
  return (
    <Text size="sm" role="note">
      {labels.cleanUpUse(uses.join(', '))}
    </Text>
  );
}

function Part({ words, children }: { words: string; children: React.ReactNode }) {
  return (
    <section aria-label={words}>
      <Text size="sm" fw={600} mb="xs">
        {words}
      </Text>
      <ScrollArea.Autosize mah="14rem" type="auto">
        {children}
      </ScrollArea.Autosize>
    </section>
  );
}

interface GoingProps {
  leftover: MeasuredLeftover;
  isChosen: boolean;
  disabled: boolean;
  onChoose(on: boolean): void;
}

function Going({ leftover, isChosen, disabled, onChoose }: GoingProps) {
  return (
    <Checkbox
      size="sm"
      mb="xs"
      classNames={{ body: classes.body, labelWrapper: classes.label }}
      checked={isChosen}
      disabled={disabled}
      onChange={(event) => onChoose(event.currentTarget.checked)}
      label={<Line leftover={leftover} more={null} />}
    />
  );
}

/** A leftover: its task, what it is, why it stays, and its size. */
function Line({ leftover, more }: { leftover: MeasuredLeftover; more: string | null }) {
  return (
    <span className={classes.line}>
      <span className={classes.words}>
        <Text component="span" size="sm" className={classes.title}>
          {leftover.title ?? labels.unnamedTask}
        </Text>
        <Text component="span" size="xs" c="dimmed" className={classes.title}>
          {aboutLeftover(leftover, Date.now())}
        </Text>
        {more !== null && (
          <Text component="span" size="xs" className={classes.why}>
            {more}
          </Text>
        )}
      </span>
      <Text component="span" size="xs" c="dimmed" className={classes.size}>
        {sizeOfLeftover(leftover)}
      </Text>
    </span>
  );
}
