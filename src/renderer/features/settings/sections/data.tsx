import { Button, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DataDescription } from '../../../../contract/data/state.ts';
import { ago, bytes } from '../../../../contract/words/measure.ts';
import { wordsOf } from '../../../state/act.ts';
import { useSession } from '../../../state/hooks.ts';
import { openFolder } from '../../../state/open-folder.ts';
import { Row, Said } from '../row.tsx';
import classes from '../settings.module.css';
import { useSave } from '../use-save.ts';

const QUIET = { kind: 'quiet' } as const;

/** Where everything lies, how much room it takes, and a copy of it. */
export function Data() {
  const { client } = useSession();
  const [data, setData] = useState<DataDescription | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [written, setWritten] = useState<string | null>(null);
  const read = () =>
    client.data.describe().then(setData, (error: unknown) => {
      setProblem(wordsOf(error));
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, and again after a backup.
  useEffect(() => void read(), []);
  const backup = useSave(async () => {
    const made = await client.data.backUp();
    setWritten(`${made.path}, ${bytes(made.bytes)}`);
    await read();
  });
  const open = useSave(() => openFolder(client, { what: 'data' }));

  if (problem !== null) return <Text size="sm">{problem}</Text>;
  if (data === null) return <Loader size="sm" aria-label="Measuring the data" />;
  const { workspaces, backups } = data;
  const sizes = [
    `${bytes(data.database)} of tasks and logs`,
    `${bytes(data.attachments)} of attachments`,
    `${bytes(data.logs)} of log files`,
    `${workspaces.count} ${workspaces.count === 1 ? 'workspace' : 'workspaces'}${workspaces.bytes === null ? '' : ` with ${bytes(workspaces.bytes)}`}`,
  ];
  return (
    <div className={classes.card}>
      <Row label="Location" help="All Drover data is stored here." state={open.state} tall>
        {(naming) => (
          <Group gap="sm" {...naming} role="group">
            <Code className={classes.path}>{data.folder}</Code>
            <Button size="compact-sm" variant="default" onClick={() => void open.save(undefined)}>
              Open the folder
            </Button>
          </Group>
        )}
      </Row>
      <Row label="Size" help="" state={QUIET} tall>
        {(naming) => (
          <Text size="sm" {...naming} role="note">
            {sizes.join(' · ')}
          </Text>
        )}
      </Row>
      <Row
        label="Backup"
        help="A copy of the tasks, logs and settings. Attachments and workspaces are not in it."
        state={QUIET}
        tall
      >
        {(naming) => (
          <Stack gap="xs" {...naming} role="group">
            <Group gap="sm">
              <Button
                size="compact-sm"
                variant="default"
                loading={backup.state.kind === 'saving'}
                onClick={() => void backup.save(undefined)}
              >
                Back up now
              </Button>
              <Text size="xs" c="dimmed">
                {backups.length === 0
                  ? 'No backups yet.'
                  : `${backups.length === 1 ? 'One backup' : `${backups.length} backups`}; the last ${ago(Math.max(...backups.map(({ at }) => at)), Date.now())}.`}
              </Text>
              {backup.state.kind === 'refused' && <Said state={backup.state} />}
            </Group>
            {written !== null && (
              <Text size="xs" mt="xs" role="status" className={classes.path}>
                Written: {written}
              </Text>
            )}
          </Stack>
        )}
      </Row>
    </div>
  );
}
