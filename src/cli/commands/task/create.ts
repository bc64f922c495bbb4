import { randomUUID } from 'node:crypto';
import type { CallInput } from '../../../contract/api.ts';
import { MAX_GOAL } from '../../../contract/text.ts';
import { withClient } from '../../connection/with-client.ts';
import type { Command, Context, GlobalOptions } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { filesToAttach } from '../../input/attach-files.ts';
import { chooseProject } from '../../input/choose-project.ts';
import { readItems } from '../../input/items-file.ts';
import { type LimitOptions, readLimits } from '../../input/limits.ts';
import { readCommand } from '../../input/read-command.ts';
import { readText } from '../../input/read-text.ts';
import { readSchedule, type ScheduleOptions } from '../../input/schedule.ts';
import { lostAndBack, showOrAwait, type WaitOptions, wantsToWait } from '../../wait.ts';

interface Options extends WaitOptions, LimitOptions, ScheduleOptions {
  file?: string;
  item?: string[];
  itemsFile?: string;
  project?: string;
  base?: string;
  agent?: string;
  model?: string;
  effort?: string;
  way?: 'headless' | 'terminal';
  autonomy?: 'plan' | 'ask' | 'edit' | 'auto';
  check?: string[];
  attach?: string[];
  title?: string;
  draft?: boolean;
}

export const run: Command<Options> = async (context, words, options) => {
  if (options.draft && wantsToWait(options)) throw badInput('A draft does not run, so there is nothing to wait for.');
  const spec = await readSpec(context, words, options);
  const attach = await filesToAttach(context, options.attach);
  return withClient(context, { ...options, onState: lostAndBack(context) }, async (client) => {
    const { id } = await chooseProject(context, client, options.project);
    const attachments = await attach(client);
    const task = await client.tasks.create({
      ...spec,
      ...(attachments.length > 0 ? { attachments } : {}),
      projectId: id,
      start: !options.draft,
      commandId: randomUUID(),
    });
    return showOrAwait(context, client, options, task, { fromBeginning: true });
  });
};

type Spec = Omit<CallInput<'tasks', 'create'>, 'projectId' | 'commandId' | 'start'>;

async function readSpec(context: Context, words: readonly string[], options: Options & GlobalOptions): Promise<Spec> {
  const goal = await readGoal(context, words, options.file);
  const { agent, model, effort, way } = options;
  const schedule = readSchedule(options, Date.now());
  const items = [
    ...(options.item ?? []),
    ...(options.itemsFile === undefined ? [] : readItems(await readText(context, options.itemsFile))),
  ];
  return {
    goal,
    title: options.title,
    base: options.base,
    items: items.map((text) => ({ text })),
    agent: {
      ...(agent === undefined ? {} : { agent }),
      ...(model === undefined ? {} : { model }),
      ...(effort === undefined ? {} : { effort }),
      ...(way === undefined ? {} : { way }),
    },
    autonomy: options.autonomy,
    limits: readLimits(options),
    checks: options.check?.map(readCommand),
    ...(Object.keys(schedule).length > 0 ? { schedule } : {}),
  };
}

/** The goal from the words, else from the file, else from standard input, which `-` asks for too. */
async function readGoal(context: Context, words: readonly string[], file: string | undefined): Promise<string> {
  const stdin = words.length === 1 && words[0] === '-';
  if (file !== undefined && words.length > 0) throw badInput('Give the goal as words or with --file, not both.');
  let goal: string;
  if (words.length > 0 && !stdin) goal = words.join(' ');
  else if (file !== undefined) goal = await readText(context, file);
  else if (stdin || !context.stdin.isTTY) goal = await readText(context, '-');
  else throw badInput('Say what is to be done: drover task create "<goal>", or give a file with --file.');
  if (goal.trim() === '') throw badInput('The goal is empty.');
  if (goal.length > MAX_GOAL) throw badInput(`The goal is longer than ${MAX_GOAL} characters (it has ${goal.length}).`);
  return goal;
}
