import { MODE_WORDS } from '../../../contract/words/event.ts';
import { cost, dateTime, duration } from '../../../contract/words/measure.ts';
import { runWord } from '../../../contract/words/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';
import { table } from '../../printing/table.ts';

export const run: Command = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const runs = await client.tasks.runs({ taskId });
    show(context, options, runs, (view) =>
      table(
        view,
        [
          { title: 'RUN', align: 'right' },
          { title: 'STATUS' },
          { title: 'STARTED' },
          { title: 'TOOK', align: 'right' },
          { title: 'TURNS', align: 'right' },
          { title: 'COST', align: 'right' },
          { title: 'BEGUN', flexible: true },
        ],
        runs.map((one) => [
          { text: String(one.no) },
          { text: runWord(one) },
          { text: dateTime(one.startedAt) },
          { text: duration((one.settledAt ?? view.now) - one.startedAt) },
          { text: String(one.turns) },
          { text: cost(one.costUsd) },
          { text: MODE_WORDS[one.mode] },
        ]),
      ),
    );
    return undefined;
  });
};
