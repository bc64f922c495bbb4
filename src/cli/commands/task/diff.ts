import type { Checkpoint } from '../../../contract/checkpoint/state.ts';
import type { Client } from '../../../contract/client.ts';
import type { Task } from '../../../contract/task/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, type Context, type GlobalOptions, remark, show, viewOf } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkTaskId } from '../../input/ids.ts';
import { page } from '../../pager.ts';
import { changesTable } from '../../printing/changes.ts';
import { diffLines, diffText, patchLines } from '../../printing/diff.ts';
import { safeLine } from '../../printing/sanitise.ts';

interface Options {
  turn?: string;
  from?: string;
  stat?: boolean;
}

/** Two checkpoints. */
interface Pair {
  to: string;
  from?: string;
}

const NOTHING = 'Nothing has changed.';

export const run: Command<Options> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  if (options.from !== undefined && options.turn === undefined) throw badInput('--from needs --turn.');
  return withClient(context, options, async (client) => {
    const { task } = await client.tasks.get({ taskId });
    const pair =
      options.turn === undefined ? await ofRemoved(client, task) : await ofTurn(client, taskId, options.turn, options);
    if (pair !== null) await showPair(context, options, client, { taskId, ...pair });
    else await showWorkspace(context, options, client, task);
    return undefined;
  });
};

/** What a workspace has changed that is no longer there: from its first checkpoint to its last. Null while it is there. */
async function ofRemoved(client: Client, task: Task): Promise<Pair | null> {
  const workspaceId = task.workspace?.id;
  const known = (await client.workspaces.recorded({ taskId: task.id })).find(({ id }) => id === workspaceId);
  if (known?.state !== 'removed') return null;
  const all = (await client.checkpoints.list({ taskId: task.id })).filter((one) => one.workspaceId === workspaceId);
  const [first, last] = [all[0], all.at(-1)];
  return first && last ? { from: first.name, to: last.name } : null;
}

async function ofTurn(client: Client, taskId: string, turn: string, { from }: Options): Promise<Pair> {
  const all = await client.checkpoints.list({ taskId });
  return { to: find(all, turn), ...(from === undefined ? {} : { from: find(all, from) }) };
}

/** `2` is the second turn of the newest run that has one. */
function find(all: readonly Checkpoint[], turn: string): string {
  const found = /^\d+$/.test(turn)
    ? all.findLast((one) => one.kind === 'turn' && one.turn === Number(turn))
    : all.findLast(({ name }) => name === turn);
  if (found) return found.name;
  const names = all.map(({ name }) => name);
  throw badInput(`The task has no checkpoint of turn “${safeLine(turn)}”.`, names.length > 0 ? names : undefined);
}

async function showPair(
  context: Context,
  options: Options & GlobalOptions,
  client: Client,
  of: Pair & { taskId: string },
): Promise<void> {
  if (options.stat) {
    const changes = await client.checkpoints.changes(of);
    show(context, options, changes, (view) => changesTable(view, changes.files));
    if (changes.total === 0 && !options.json) remark(context, NOTHING);
    return;
  }
  const { text, cut } = await client.checkpoints.text(of);
  if (options.json) {
    context.out.write(`${JSON.stringify({ ...of, text, cut })}\n`);
    return;
  }
  const shown = context.out.isTerminal ? lines(patchLines(viewOf(context), text)) : text;
  await page(context, shown);
  if (text === '') remark(context, NOTHING);
  if (cut) remark(context, 'Only the first 8 MB are shown.');
}

async function showWorkspace(
  context: Context,
  options: Options & GlobalOptions,
  client: Client,
  task: Task,
): Promise<void> {
  const workspaceId = task.workspace?.id;
  if (workspaceId === undefined) {
    remark(context, 'The task has no workspace yet.');
    return;
  }
  const changes = await client.workspaces.changes({ workspaceId });
  if (options.stat) show(context, options, changes, (view) => changesTable(view, changes.files));
  let shown = '';
  for (const { path } of options.stat ? [] : changes.files) {
    const diff = await client.workspaces.fileDiff({ workspaceId, path });
    if (options.json) context.out.write(`${JSON.stringify({ ...diff, text: diffText(diff) })}\n`);
    else shown += context.out.isTerminal ? lines(diffLines(viewOf(context), diff)) : diffText(diff);
    if (diff.words !== null && !options.json) remark(context, `${safeLine(path)}: ${safeLine(diff.words)}`);
  }
  await page(context, shown);
  if (options.json) return;
  if (changes.total === 0) remark(context, NOTHING);
  else if (changes.total > changes.files.length)
    remark(context, `${changes.total} files have changed; not all are shown.`);
}

const lines = (of: readonly string[]) => of.map((line) => `${line}\n`).join('');
