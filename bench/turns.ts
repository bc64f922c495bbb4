import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { TaskEvent } from '../src/contract/task/events.ts';
import { createHost, type TestHost } from '../test/support/host.ts';
import { GIT_ENVIRONMENT, runGit } from '../test/support/repository.ts';
import { createScriptedBackend, YIELDED } from '../test/support/scripted-backend.ts';
import type { Bench } from './bench.ts';
import { median, p95, spread, timed } from './support/statistics.ts';

const LIMIT_MS = 5;
/** The most that a task may have; each is a nudge, so a task has one turn more. */
const RETRIES = 50;
const QUICK_AGENT = resolve(import.meta.dirname, 'support/quick-agent.ts');

/**
 * What Drover needs between two turns: it writes down the end of the one, makes its checkpoint, judges, and writes down
 * and sends the next prompt. Beside it the two git commands that a checkpoint of unchanged files needs.
 * The tasks have an item that nobody does, so that they are nudged as often as is allowed.
 */
export const turns: Bench = {
  name: 'turns',
  async run({ quick, folder, scope }) {
    const gaps: number[] = [];
    const yieldedAt = new Map<string, number>();
    const instant = createScriptedBackend('instant', async ({ runId }) => {
      const before = yieldedAt.get(runId);
      if (before !== undefined) gaps.push(performance.now() - before);
      return new Promise((done) => {
        setImmediate(() => {
          yieldedAt.set(runId, performance.now());
          done(YIELDED);
        });
      });
    });
    const host = await createHost({ backends: [instant], demoAgent: QUICK_AGENT });
    scope.add(host.remove);

    const tasks = quick ? 2 : 8;
    const git: number[] = [];
    for (let task = 0; task < tasks; task += 1) {
      await spendAllRetries(host, 'instant');
      for (let n = 0; n < RETRIES; n += 1) git.push(await timed(() => bareCheckpoint(host.repository.path, folder)));
    }
    const seen: number[] = [];
    for (let task = 0; task < tasks; task += 1) {
      const events = await spendAllRetries(host, 'demo');
      for (const event of events) {
        if (event.type === 'turn.settled' && event.turn > 1) seen.push(event.usage.inputTokens / 1000);
      }
    }
    return [
      {
        what: 'end of a turn to the next prompt, over git add and git write-tree',
        measured: median(gaps) - median(git),
        unit: 'ms',
        limit: LIMIT_MS,
        comparison: 'at most',
        note: `${spread(gaps)}; git: ${spread(git)}`,
      },
      {
        what: 'the same as an agent process sees it, through its pipes',
        measured: p95(seen),
        unit: 'ms',
        limit: null,
        comparison: 'at most',
        note: `p95 of ${spread(seen)}`,
      },
    ];
  },
};

/** What git itself needs, in a copy of the index as a checkpoint has it. */
async function bareCheckpoint(cwd: string, folder: string): Promise<void> {
  const index = join(folder, 'copied-index');
  await mkdir(folder, { recursive: true });
  await copyFile(join(cwd, '.git', 'index'), index);
  const env = { ...GIT_ENVIRONMENT, GIT_INDEX_FILE: index };
  await runGit(cwd, ['add', '--all'], undefined, env);
  await runGit(cwd, ['write-tree'], undefined, env);
}

/** Runs a task until it has failed for good, and returns its events. */
async function spendAllRetries(host: TestHost, agent: string): Promise<TaskEvent[]> {
  const task = await host.create({
    goal: 'Leave the item alone.',
    items: [{ text: 'Never done' }],
    agent: { agent },
    limits: { maxRetries: RETRIES },
  });
  const { outcome } = await host.settled(task.id);
  if (outcome?.code !== 'retries-spent') throw new Error(`The task ended otherwise: ${JSON.stringify(outcome)}`);
  return (await host.log(task.id)).map(({ event }) => event);
}
