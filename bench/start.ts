import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startToolsServer } from '../test/support/tools-server.ts';
import type { Bench, Figure } from './bench.ts';
import { addProject, createPlace, draft, startDaemon, watch } from './support/daemon.ts';
import { runRawAgent } from './support/raw-agent.ts';
import { interleave, median, spread, timed } from './support/statistics.ts';

const GOAL = 'Answer at once.\n\ndemo: instant';
/** What the agent is given and does is the same with and without Drover: no items, so it reads the task and yields. */
const SPAWN_LIMIT_MS = 30;
const RUN_LIMIT_MS = 40;

/**
 * What Drover adds to a start. A client of the daemon starts a task and sees the agent's process and the end of the run
 * arrive; beside it, in turn, `git worktree add` on the same repository and the same agent program without Drover.
 */
export const start: Bench = {
  name: 'start',
  async run({ quick, folder, scope }) {
    const place = await createPlace(folder, 50);
    const daemon = await startDaemon(place, scope);
    const watcher = await watch(daemon, scope);
    const projectId = await addProject(daemon, place);
    const tools = await startToolsServer([]);
    scope.add(tools.close);
    const stateFolder = join(folder, 'raw-sessions');
    const worktrees = join(folder, 'raw-worktrees');
    await mkdir(worktrees);

    const settled: number[] = [];
    const [rounds, warmups] = quick ? [5, 1] : [51, 4];
    const { spawned, worktree, agent } = await interleave(rounds, warmups, {
      worktree: (round) =>
        timed(() =>
          place.repository.git('worktree', 'add', '-b', `raw-${round}`, join(worktrees, String(round)), 'main'),
        ),
      agent: () => runRawAgent({ cwd: place.repository.path, env: place.env, tools, stateFolder, prompt: GOAL, scope }),
      async spawned(round) {
        const taskId = await draft(daemon, projectId, { goal: GOAL });
        const onAgent = watcher.arrival(taskId, 'agent.started');
        const onEnd = watcher.arrival(taskId, 'run.settled');
        const began = performance.now();
        await daemon.client.tasks.start({ taskId });
        const ended = await Promise.race([onEnd, daemon.died]);
        const started = await Promise.race([onAgent, daemon.died]);
        if (ended.event.type !== 'run.settled' || ended.event.status !== 'completed') {
          throw new Error(`The task did not complete: ${JSON.stringify(ended.event)}`);
        }
        if (round >= warmups) settled.push(ended.at - began);
        return started.at - began;
      },
    });

    // Compared round by round: how long git takes drifts with what the disk is doing.
    const at = (times: readonly number[], round: number) => times[round] ?? Number.NaN;
    const figures: Figure[] = [
      {
        what: 'start to agent process, over git worktree add',
        measured: median(spawned.map((ms, round) => ms - at(worktree, round))),
        unit: 'ms',
        limit: SPAWN_LIMIT_MS,
        comparison: 'at most',
        note: `${spread(spawned)}; git worktree add: ${spread(worktree)}`,
      },
      {
        what: 'start to terminal state, over the agent and git worktree add',
        measured: median(settled.map((ms, round) => ms - at(agent, round) - at(worktree, round))),
        unit: 'ms',
        limit: RUN_LIMIT_MS,
        comparison: 'at most',
        note: `${spread(settled)}; agent alone, start to answer: ${spread(agent)}`,
      },
    ];
    return figures;
  },
};
