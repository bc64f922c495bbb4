import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { createMcpClient } from '../src/core/backends/demo/agent/mcp.ts';
import { createHost } from '../test/support/host.ts';
import { createScriptedBackend, YIELDED } from '../test/support/scripted-backend.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { addProject, CLI, createPlace, draft, startDaemon } from './support/daemon.ts';
import { interleave, median, p95, spread, timed } from './support/statistics.ts';

const MCP_LIMIT_MS = 10;
const CLI_LIMIT_MS = 120;
const MODULES = resolve(import.meta.dirname, 'support/cli-modules.mjs');

/** What agents and people do to items: over MCP with one connection that is kept, and by the command. */
export const items: Bench = {
  name: 'items',
  run: async (context) => [...(await overMcp(context)), ...(await byCommand(context))],
};

/** A scripted agent whose turn goes on until it is interrupted gives its address and token to this bench. */
async function overMcp({ quick, scope }: BenchContext): Promise<Figure[]> {
  let given: (tools: { url: string; token: string }) => void = () => {};
  const tools = new Promise<{ url: string; token: string }>((resolve) => {
    given = resolve;
  });
  const waiting = createScriptedBackend('waiting', (options, signal) => {
    given(options.tools);
    return new Promise((done) => {
      signal.addEventListener('abort', () => done({ ...YIELDED, result: 'interrupted' }), { once: true });
    });
  });
  const host = await createHost({ backends: [waiting] });
  scope.add(host.remove);
  const checklist = Array.from({ length: 5 }, (_, index) => ({ text: `Item ${index + 1}` }));
  const task = await host.create({ goal: 'Wait.', items: checklist, agent: { agent: 'waiting' } });
  const { url, token } = await tools;
  const mcp = createMcpClient(url, token);

  const calls = quick ? 200 : 2000;
  const { signal } = new AbortController();
  const update = async (round: number) => {
    const status = round % 2 === 0 ? 'in_progress' : 'pending';
    const { ok, text } = await mcp.callTool('item_set', { item: String((round % 5) + 1), status }, signal);
    if (!ok) throw new Error(`An item could not be set: ${text}`);
  };
  const { updates } = await interleave(calls, 100, { updates: (round) => timed(() => update(round)) });
  mcp.close();
  const changes = (await host.log(task.id)).filter(({ event }) => event.type === 'item.changed').length;
  await host.close();
  if (changes < calls) throw new Error(`Only ${changes} of ${calls} updates are in the log.`);
  return [
    {
      what: 'item update over MCP',
      measured: p95(updates),
      unit: 'ms',
      limit: MCP_LIMIT_MS,
      comparison: 'at most',
      note: `p95 of ${spread(updates)}`,
    },
  ];
}

async function byCommand({ quick, folder, scope }: BenchContext): Promise<Figure[]> {
  const place = await createPlace(folder, 5);
  const daemon = await startDaemon(place, scope);
  const projectId = await addProject(daemon, place);
  const taskId = await draft(daemon, projectId, {
    goal: 'Something that takes a few words to say, so that there is something to show.',
    items: Array.from({ length: 10 }, (_, index) => ({ text: `Step ${index + 1} of the work` })),
  });
  const env = { ...place.env, DROVER_DATA: place.dataFolder };
  const drover = (...args: string[]) => run([CLI, ...args], env);
  const statuses = ['in_progress', 'pending'] as const;

  const [rounds, warmups] = quick ? [5, 1] : [25, 3];
  const { bare, set, show } = await interleave(rounds, warmups, {
    bare: () => timed(() => run(['-e', '0'], env)),
    set: (round) => timed(() => drover('item', 'set', taskId, '1', statuses[round % 2] ?? 'pending')),
    show: () => timed(() => drover('task', 'show', taskId)),
  });
  const natives = new Set<string>();
  for (const args of [
    ['item', 'set', taskId, '2', 'in_progress'],
    ['task', 'show', taskId],
  ]) {
    const { stderr } = await run(['--import', MODULES, CLI, ...args], env);
    const found = /^native modules: (.*)$/m.exec(stderr)?.[1];
    if (found === undefined) throw new Error('The command did not say which native modules it has loaded.');
    for (const name of JSON.parse(found)) natives.add(name);
  }
  const changed = (await daemon.client.items.list({ taskId })).filter(({ status }) => status === 'in_progress');
  if (!changed.some(({ id }) => id === '2')) throw new Error('The command did not set the item.');
  await daemon.stop();

  const figure = (name: string, times: number[]): Figure => ({
    what: `drover ${name}, over node -e 0`,
    measured: median(times) - median(bare),
    unit: 'ms',
    limit: CLI_LIMIT_MS,
    comparison: 'at most',
    note: `${spread(times)}; node -e 0: ${spread(bare)}`,
  });
  return [
    figure('item set', set),
    figure('task show', show),
    {
      what: 'native modules that the command loads',
      measured: natives.size,
      unit: 'modules',
      limit: 0,
      comparison: 'at most',
      note: [...natives].join(' '),
    },
  ];
}

/** Runs this Node with arguments; throws unless it exits with 0. */
function run(args: string[], env: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      if (error) fail(new Error(`${args.join(' ')}: ${stderr || error.message}`));
      else done({ stdout, stderr });
    });
  });
}
