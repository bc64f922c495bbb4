import { Button, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DataDescription } from '../../../../contract/data/state.ts';
import { ago, bytes } from '../../../../contract/words/measure.ts';
import { cleanUpOpen } from '../../../app/window-state.ts';
import { wordsOf } from '../../../state/act.ts';
import { useStore, useValue } from '../../../state/hooks.ts';
import { openFolder } from '../../../state/open-folder.ts';
import { labels } from '../labels.ts';
import { Row, Said } from '../row.tsx';
import classes from '../settings.module.css';
import { useSave } from '../use-save.ts';
import { CleanUp } from './clean-up.tsx';

const QUIET = { kind: 'quiet' } as const;

/** Where everything is, how much room it takes, what of it can go, and a copy of it. */
export function Data() {
  const { client } = useStore();
  const [data, setData] = useState<DataDescription | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [written, setWritten] = useState<string | null>(null);
  const cleaning = useValue(cleanUpOpen);
  useEffect(() => () => cleanUpOpen.set(false), []);
  const read = () =>
    client.data.describe().then(setData, (error: unknown) => {
      setProblem(wordsOf(error));
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, and again after a backup.
  useEffect(() => void read(), []);
  const backup = useSave(async () => {
    const made = await client.data.backUp();
    setWritten(labels.written(made.path, bytes(made.bytes)));
    await read();
  });
  const open = useSave(() => openFolder(client, { what: 'data' }));

  if (problem !== null) return <Text size="sm">{problem}</Text>;
  if (data === null) return <Loader size="sm" aria-label={labels.measuring} />;
  const { workspaces, backups } = data;
  const room = workspaces.bytes === null ? null : bytes(workspaces.bytes);
  return (
    <div className={classes.card}>
      <Row label={labels.location} help={labels.locationHint} state={open.state} tall>
        {(naming) => (
          <Group gap="sm" {...naming} role="group">
            <Code className={classes.path}>{data.folder}</Code>
            <Button size="compact-sm" variant="default" onClick={() => void open.save(undefined)}>
              {labels.openFolder}
            </Button>
          </Group>
        )}
      </Row>
      <Row label={labels.size} help="" state={QUIET} tall>
        {(naming) => (
          <Text size="sm" {...naming} role="note">
            {labels.sizes(bytes(data.database), bytes(data.attachments), bytes(data.logs))}
          </Text>
        )}
      </Row>
      <Row label={labels.workspaces} help={labels.workspacesHint(workspaces.count, room)} state={QUIET}>
        {(naming) => (
          <Button
            className={classes.act}
            size="compact-sm"
            variant="default"
            aria-describedby={naming['aria-describedby']}
            onClick={() => cleanUpOpen.set(true)}
          >
            {labels.cleanUp}
          </Button>
        )}
      </Row>
      <Row label={labels.backup} help={labels.backupHint} state={QUIET} tall>
        {(naming) => (
          <Stack gap="xs" {...naming} role="group">
            <Group gap="sm">
              <Button
                size="compact-sm"
                variant="default"
                loading={backup.state.kind === 'saving'}
                onClick={() => void backup.save(undefined)}
              >
                {labels.backUp}
              </Button>
              <Text size="xs" c="dimmed">
                {backups.length === 0
                  ? labels.noBackups
                  : labels.backups(backups.length, ago(Math.max(...backups.map(({ at }) => at)), Date.now()))}
              </Text>
              {backup.state.kind === 'refused' && <Said state={backup.state} />}
            </Group>
            {written !== null && (
              <Text size="xs" mt="xs" role="status" className={classes.path}>
                {written}
              </Text>
            )}
          </Stack>
        )}
      </Row>
      {cleaning && <CleanUp onClose={() => cleanUpOpen.set(false)} onDone={() => void read()} />}
    </div>
  );
}
