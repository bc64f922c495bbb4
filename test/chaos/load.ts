import type { TaskSummary } from '../../src/contract/task/state.ts';
import type { Random } from '../support/random.ts';
import type { World } from './world.ts';

const GOALS = [
  'Work steadily\n\ndemo: slow ms=80',
  'Work at once\n\ndemo: thorough',
  'Forget the last one\n\ndemo: default',
  'Leave a process behind\n\ndemo: background',
  'Hear nothing\n\ndemo: deaf',
  'Never end\n\ndemo: stubborn',
  'Stand still\n\ndemo: stall',
  'Die on the way\n\ndemo: crash once=1',
  'Write fast\n\ndemo: rate n=200 seconds=1',
];
const UNSETTLED = 6;
const SETTLED = ['completed', 'failed', 'cancelled'];

export interface Load {
  /** Ids of commands that were answered with a yes: none of them may be lost. */
  acknowledged: Set<string>;
  /** Keeps the daemon busy, with one thing that a person might do. A daemon that dies meanwhile is no fault. */
  act(): Promise<void>;
}

export function createLoad(world: World, random: Random): Load {
  const acknowledged = new Set<string>();
  let sent = 0;

  /** A command under an id of its own, which the log is searched for at the end. */
  async function say(command: (commandId: string) => Promise<unknown>): Promise<void> {
    sent += 1;
    const commandId = `chaos-${sent}`;
    try {
      await command(commandId);
      acknowledged.add(commandId);
    } catch {
      // Refused, or the daemon was killed before it answered: either is right.
    }
  }

  async function tasks(): Promise<TaskSummary[]> {
    return (await world.client().tasks.list({ limit: 100 })).tasks;
  }

  return {
    acknowledged,
    async act() {
      const client = world.client();
      const all = await tasks().catch(() => []);
      const unsettled = all.filter(({ status }) => status === 'queued' || status === 'running');
      const settled = all.filter(({ status }) => SETTLED.includes(status));
      if (unsettled.length < UNSETTLED) {
        const goal = random.pick(GOALS);
        const items = ['One', 'Two'].map((text) => ({ text }));
        const spec = { projectId: world.projectId, goal, items, agent: { agent: 'demo' }, autonomy: 'auto' as const };
        return say((commandId) => client.tasks.create({ ...spec, start: true, commandId }));
      }
      const [mine, over] = [random.pick(unsettled).id, settled.length > 0 ? random.pick(settled).id : null];
      const what = random.below(6);
      if (what === 0 || over === null) return say((commandId) => client.tasks.stop({ taskId: mine, commandId }));
      if (what === 1) return say((commandId) => client.tasks.resume({ taskId: over, commandId }));
      if (what === 2) return say((commandId) => client.tasks.message({ taskId: mine, text: 'Go on', commandId }));
      if (what === 3) return say((commandId) => client.tasks.rerun({ taskId: over, commandId }));
      const found = await client.workspaces.list({ taskId: over }).catch(() => []);
      const [ready] = found.filter(({ state }) => state !== 'removed');
      if (ready)
        await client.workspaces.remove({ workspaceId: ready.id, discard: random.below(2) === 0 }).catch(() => {});
    },
  };
}
