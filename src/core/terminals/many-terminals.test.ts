import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { clientOf, wayTo } from '../../../test/support/terminal-client.ts';
import { until } from '../../../test/support/until.ts';
import { silentLogger } from '../base/logger.ts';
import { serveTerminal } from './serve.ts';
import { createTerminals } from './terminals.ts';

const TERMINALS = 20;
/** `DROVER_ROUNDS=100` plays all that is promised. */
const ROUNDS = Number(process.env.DROVER_ROUNDS ?? 3);
const MB = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test.skipIf(process.platform !== 'linux')(
  `${TERMINALS} terminals opened and closed ${ROUNDS} times leave no memory, no file and no timer`,
  {
    timeout: 60_000 * (ROUNDS + 1),
  },
  async () => {
    const folder = await createTempFolder();
    const terminals = createTerminals({
      dataFolder: folder.path,
      now: () => Date.now(),
      environment: async () => ({ PATH: process.env.PATH ?? '', HOME: folder.path, PS1: '$ ' }),
      shell: () => ({ argv: ['bash', '--norc', '--noprofile'], where: 'the test' }),
      changed() {},
      logger: silentLogger,
    });
    const place = { projectId: 'p00000001', taskId: null, workspaceId: null, folder: folder.path };
    async function openAndClose(): Promise<void> {
      await Promise.all(
        Array.from({ length: TERMINALS }, async () => {
          const opened = await terminals.open(place, {});
          if (!opened.ok) throw new Error(opened.rejection.message);
          const { id } = opened.value;
          const client = clientOf(
            wayTo((carrier) => serveTerminal(terminals, carrier)),
            { terminalId: id },
          );
          await client.until(/\$$/);
          client.input('seq 1000; echo "do"ne\r');
          await client.until(/done\n\$$/);
          const closed = await terminals.close(id, true);
          if (!closed.ok) throw new Error(closed.rejection.message);
          // The assertions of the runner keep what they have looked at.
          await until(client.isClosed, 'the end of the client');
          client.terminal.dispose();
        }),
      );
    }
    const heap = async () => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      collect();
      return process.memoryUsage().heapUsed;
    };
    const files = () => readdirSync('/proc/self/fd').length;
    const timers = () => process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;

    // What is loaded with the first ones stays.
    await openAndClose();
    const before = { heap: await heap(), files: files(), timers: timers() };
    for (let round = 0; round < ROUNDS; round += 1) await openAndClose();
    const after = { heap: await heap(), files: files() };
    if (ROUNDS > 3) {
      const of = (bytes: number) => `${(bytes / MB).toFixed(1)} MB`;
      process.stdout.write(`heap ${of(before.heap)} to ${of(after.heap)}, files ${before.files} to ${after.files}\n`);
    }
    expect(terminals.list({})).toEqual([]);
    expect(after.files).toBe(before.files);
    await expect.poll(timers, { timeout: 60_000 }).toBeLessThanOrEqual(before.timers + 1);
    // One terminal with its scrollback has more than this.
    expect(after.heap - before.heap).toBeLessThan(10 * MB);
    await terminals.end();
    await folder.remove();
  },
);
