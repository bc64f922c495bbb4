import type { CleanedUp, Leftover, LeftoverKind, LeftoverName } from '../../contract/clean-up/state.ts';
import type { Client } from '../../contract/client.ts';
import { automaticWords } from '../../contract/words/clean-up.ts';
import { withClient } from '../connection/with-client.ts';
import { type Command, remark, show } from '../context.ts';
import { badInput } from '../failure.ts';
import { findProject } from '../input/choose-project.ts';
import { checkTaskId } from '../input/ids.ts';
import { readWhole } from '../input/numbers.ts';
import { cleanedUpLines, leftoverLines } from '../printing/clean-up.ts';

interface Options {
  project?: string;
  task?: string;
  olderThan?: string;
  outputs?: boolean;
  terminals?: boolean;
  dryRun?: boolean;
  yes?: boolean;
}

/** Leftovers that are named to the host at once: it answers when all of them are gone. */
const AT_ONCE = 20;

export const run: Command<Options> = async (context, ids, options) => {
  if (options.yes && options.dryRun) throw badInput('--yes and --dry-run say the opposite.');
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  const olderThanDays =
    options.olderThan === undefined ? undefined : readWhole(options.olderThan, 'The number of days', 0, 36_500);
  return withClient(context, options, async (client) => {
    const projectId =
      options.project === undefined ? undefined : (await findProject(context, client, options.project)).id;
    const kinds = kindsOf(options, ids);
    const { leftovers: all, last } = await client.cleanUp.preview({ projectId, taskId, olderThanDays, kinds });
    const leftovers = chosen(all, ids);
    if (!options.yes) {
      const measured = await measureAll(client, leftovers);
      const projects = new Map((await client.projects.list()).map(({ id, name }) => [id, name]));
      show(context, options, measured, (view) => leftoverLines(view, measured, projects));
      if (options.json) return undefined;
      if (measured.length === 0) remark(context, 'Tasks have left nothing of this.');
      else if (measured.some(({ stays }) => stays === null)) remark(context, 'Nothing was removed. --yes removes it.');
      else remark(context, 'All of it stays.');
      if (last !== null) remark(context, automaticWords(last));
      return undefined;
    }
    const going = leftovers.filter(({ stays }) => stays === null);
    const done: CleanedUp[] = [];
    for (let from = 0; from < going.length; from += AT_ONCE) {
      const names: LeftoverName[] = going.slice(from, from + AT_ONCE).map(({ kind, id }) => ({ kind, id }));
      done.push(...(await client.cleanUp.remove({ leftovers: names })));
    }
    show(context, options, done, () => cleanedUpLines(done));
    if (!options.json && done.length === 0) remark(context, 'There is nothing to remove.');
    return undefined;
  });
};

/** What is asked for: workspaces, and the rest where it is named or one of it is. */
function kindsOf({ outputs, terminals }: Options, ids: readonly string[]): LeftoverKind[] | undefined {
  if (ids.length > 0) return undefined;
  return ['workspace', ...(outputs ? ['outputs' as const] : []), ...(terminals ? ['terminal' as const] : [])];
}

function chosen(all: readonly Leftover[], ids: readonly string[]): readonly Leftover[] {
  if (ids.length === 0) return all;
  const unknown = ids.find((id) => !all.some((one) => one.id === id));
  if (unknown !== undefined) {
    throw badInput(`Nothing that a task has left has the id “${unknown}”. \`drover clean\` without ids shows them.`);
  }
  return all.filter(({ id }) => ids.includes(id));
}

/** One after the other, so that Ctrl-C ends it between two. */
async function measureAll(client: Client, leftovers: readonly Leftover[]): Promise<Leftover[]> {
  const done: Leftover[] = [];
  for (const one of leftovers) {
    if (one.kind !== 'workspace') done.push(one);
    else {
      const { bytes, stays } = await client.cleanUp.measure({ workspaceId: one.id });
      done.push({ ...one, bytes, stays: one.stays ?? stays });
    }
  }
  return done;
}
