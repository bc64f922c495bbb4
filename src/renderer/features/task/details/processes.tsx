import { Button, Table, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { TaskProcess } from '../../../../contract/process/state.ts';
import { bytes } from '../../../../contract/words/measure.ts';
import { act } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { Link } from '../../../ui/link.tsx';
import { visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import classes from '../task.module.css';
import own from './details.module.css';
import { addressOf, cpuBetween, percent, sumOf } from './processes.logic.ts';
import { useProcesses } from './use-processes.ts';

/** More than this nobody reads; the sums are of all. */
const MOST = 100;
const COMMAND_SHOWN = 120;

/** What runs for a task now: its processes, what they use, and the ports on which they listen. */
export function Processes({ taskId }: { taskId: string }) {
  const looks = useProcesses(taskId);
  const client = useClient();
  if (looks === null) return null;
  const { processes: words } = labels;
  const { processes, portsKnown } = looks.now;
  const cpuOf = cpuBetween(looks.before, looks.now);
  const [cpu, memory] = [sumOf(processes.map(cpuOf)), sumOf(processes.map((one) => one.memory))];

  function askToEnd({ pid, startTime, command }: TaskProcess): void {
    modals.openConfirmModal({
      title: words.endTitle(pid),
      children: <Text size="sm">{words.endMeans(visibleLine(command, COMMAND_SHOWN))}</Text>,
      labels: { confirm: words.end, cancel: words.keep },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': words.keep },
      onConfirm: () => void act(() => client.processes.end({ taskId, pid, startTime })),
    });
  }

  return (
    <div>
      <Title order={3} size="h6" mb="xs">
        {words.title}
      </Title>
      {processes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : (
        <>
          <Text size="sm" mb="xs">
            {[words.count(processes.length), cpu !== null && words.cpu(percent(cpu)), memory !== null && bytes(memory)]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <section className={classes.runs} tabIndex={0} aria-label={words.title}>
            <Table fz="xs" verticalSpacing="0.25rem">
              <Table.Thead>
                <Table.Tr>
                  {words.columns.map((name) => (
                    <Table.Th key={name}>{name}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {processes.slice(0, MOST).map((process) => {
                  const used = cpuOf(process);
                  return (
                    <Table.Tr key={`${process.pid} ${process.startTime}`}>
                      <Table.Td className={own.command} title={String(process.pid)}>
                        {visibleLine(process.command, COMMAND_SHOWN)}
                      </Table.Td>
                      <Table.Td>{used === null ? '' : percent(used)}</Table.Td>
                      <Table.Td>{process.memory === null ? '' : bytes(process.memory)}</Table.Td>
                      <Table.Td>
                        {process.ports.map((listens) => (
                          <div key={`${listens.address} ${listens.port}`}>
                            <Port address={addressOf(listens)} port={listens.port} host={listens.address} />
                          </div>
                        ))}
                      </Table.Td>
                      <Table.Td>
                        {!process.agent && (
                          <Button
                            size="compact-xs"
                            variant="default"
                            aria-label={words.endOf(process.pid)}
                            onClick={() => askToEnd(process)}
                          >
                            {words.end}
                          </Button>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </section>
          {processes.length > MOST && (
            <Text size="xs" c="dimmed">
              {words.more(processes.length - MOST)}
            </Text>
          )}
          {!portsKnown && (
            <Text size="xs" c="dimmed">
              {words.portsUnknown}
            </Text>
          )}
        </>
      )}
    </div>
  );
}

function Port({ address, port, host }: { address: string | null; port: number; host: string }) {
  if (address === null) return `${visibleLine(host, 60)}:${port}`;
  return (
    <Link href={address} own>
      {String(port)}
    </Link>
  );
}
