import { Table, Text, Title } from '@mantine/core';
import type { Run } from '../../../../contract/run/state.ts';
import { MODE_WORDS } from '../../../../contract/words/event.ts';
import { cost, dateTime, duration } from '../../../../contract/words/measure.ts';
import { runWord } from '../../../../contract/words/state.ts';
import { labels } from '../labels.ts';
import classes from '../task.module.css';

/** Every run of a task, and how it ended. */
export function RunsTable({ runs, outcomes }: { runs: readonly Run[]; outcomes: ReadonlyMap<string, string> }) {
  const { details } = labels;
  return (
    <div>
      <Title order={3} size="h6" mb="xs">
        {details.runs}
      </Title>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className={classes.runs} tabIndex={0} aria-label={details.runs}>
        <Table fz="xs" verticalSpacing="0.25rem">
          <Table.Thead>
            <Table.Tr>
              {details.runColumns.map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map((run) => (
              <Table.Tr key={run.id}>
                <Table.Td>{`${run.no}, ${MODE_WORDS[run.mode]}`}</Table.Td>
                <Table.Td className={classes.outcome}>
                  {runWord(run)}
                  {outcomes.has(run.id) && (
                    <Text size="xs" c="dimmed" lineClamp={3}>
                      {outcomes.get(run.id)}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{dateTime(run.startedAt)}</Table.Td>
                <Table.Td>
                  {run.settledAt === null ? details.running : duration(run.settledAt - run.startedAt)}
                </Table.Td>
                <Table.Td>{run.turns}</Table.Td>
                <Table.Td>{cost(run.costUsd)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </div>
  );
}
