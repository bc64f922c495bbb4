import { withClient } from '../../connection/with-client.ts';
import type { Command } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';
import { readWhole } from '../../input/numbers.ts';
import { createLogOutput, type LogOptions } from '../../log-output.ts';
import { lostAndBack } from '../../wait.ts';
import { watchTask } from '../../watch.ts';

interface Options extends LogOptions {
  follow?: boolean;
  from?: string;
}

const PAGE = 500;

export const run: Command<Options> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  const from = readWhole(options.from ?? '0', '--from', 0, Number.MAX_SAFE_INTEGER);
  const begin = Math.max(0, from - 1);
  return withClient(context, { ...options, onState: lostAndBack(context) }, async (client) => {
    const { task } = await client.tasks.get({ taskId });
    const output = createLogOutput(context, client, options, task);
    try {
      if (options.follow) {
        await watchTask(context, client, {
          taskId,
          after: begin,
          live: output.live,
          patient: true,
          onMessage: output.write,
        });
        return undefined;
      }
      for (let after: number | null = begin; after !== null; ) {
        const { events, nextAfter } = await client.tasks.log({ taskId, after, limit: PAGE });
        for (const event of events) await output.write({ type: 'event', event });
        after = nextAfter;
      }
      return undefined;
    } finally {
      output.end();
    }
  });
};
