import type { Argument, Command, Option } from 'commander';
import type { Client } from '../../contract/client.ts';
import { ID_PATTERNS } from '../../contract/id-patterns.ts';
import { withClient } from '../connection/with-client.ts';
import type { Context } from '../context.ts';
import { ITEM_STATUSES } from '../input/ids.ts';
import { safeLine } from '../printing/sanitise.ts';
import { cut } from '../printing/width.ts';

/** Nobody waits longer for a list; without an answer the fixed words are all there is. */
const PATIENCE_MS = 1000;
const MOST = 100;

interface Candidate {
  value: string;
  description?: string | undefined;
}

/**
 * Prints what can stand for the last of `words`, a line each, with a description after a tab. Asks Drover for names and
 * ids; says nothing about what goes wrong, because it is the shell that reads it.
 */
export async function complete(context: Context, program: Command, words: readonly string[]): Promise<void> {
  const given = words[0] === '--' ? words.slice(1) : words;
  const { prefix, kind, fixed, task, data } = cursorIn(program, given);
  const asked = kind === null ? [] : await withPatience(() => ask(context, kind, { task, data }));
  const lines = [...fixed, ...asked]
    .filter(({ value }) => value.startsWith(prefix) && value !== '' && safeLine(value) === value)
    .slice(0, MOST)
    .map(({ value, description }) => (description ? `${value}\t${cut(safeLine(description), 60)}` : value));
  context.out.write(lines.map((line) => `${line}\n`).join(''));
}

type Kind = 'project' | 'task' | 'item' | 'approval' | 'rule' | 'workspace' | 'terminal' | 'agent' | 'key';
const KINDS: readonly string[] = [
  'project',
  'task',
  'item',
  'approval',
  'rule',
  'workspace',
  'terminal',
  'agent',
  'key',
] satisfies Kind[];

interface Cursor {
  /** What is typed of the word. */
  prefix: string;
  /** What Drover has to be asked for. */
  kind: Kind | null;
  fixed: Candidate[];
  /** The task named before, whose items are meant. */
  task: string | undefined;
  data: string | undefined;
}

/** The words of `item` commands, which the tree does not name because an agent leaves the task out. */
const ITEM_WORDS: Record<string, readonly string[]> = {
  add: ['task'],
  set: ['task', 'item', 'status'],
  note: ['task', 'item'],
};

/** Walks the tree along the words before the last one. */
function cursorIn(program: Command, words: readonly string[]): Cursor {
  // bash takes `--option=value` apart into three words.
  const joined = words.filter((word, i) => word !== '=' || i === words.length - 1);
  const prefix = joined.at(-1) === '=' ? '' : (joined.at(-1) ?? '');
  let command = program;
  let onlyWords = false;
  let awaited: Option | null = null;
  let data: string | undefined;
  const positional: string[] = [];
  for (const word of joined.slice(0, -1)) {
    if (awaited !== null) {
      if (awaited.long === '--data') data = word;
      awaited = null;
    } else if (word === '--' && !onlyWords) {
      onlyWords = true;
    } else if (word.startsWith('-') && word !== '-' && !onlyWords) {
      const option = optionsOf(command).find((one) => one.long === word || one.short === word);
      if (option?.required) awaited = option;
    } else {
      const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
      if (next && positional.length === 0) command = next;
      else positional.push(word);
    }
  }
  const place = { prefix, task: positional.find((word) => ID_PATTERNS.task.test(word)), data };
  if (awaited !== null) return { ...place, ...valuesOf(awaited, awaited.attributeName()) };
  if (!onlyWords && prefix.startsWith('-')) {
    const fixed = optionsOf(command)
      .filter(({ hidden }) => !hidden)
      .map(({ long, description }) => ({ value: long ?? '', description }));
    return { ...place, kind: null, fixed: [...fixed, { value: '--help', description: 'show help' }] };
  }
  if (command.commands.length > 0) {
    const fixed = command.commands.map((one) => ({ value: one.name(), description: one.summary() }));
    return { ...place, kind: null, fixed: positional.length === 0 ? fixed : [] };
  }
  if (command.parent?.name() === 'item' && ITEM_WORDS[command.name()]) {
    const name = ITEM_WORDS[command.name()]?.[positional.length];
    const fixed = name === 'status' ? ITEM_STATUSES.map((value) => ({ value })) : [];
    return { ...place, kind: kindOf(name), fixed };
  }
  const argument = command.registeredArguments[positional.length];
  return { ...place, ...(argument ? valuesOf(argument, argument.name()) : { kind: null, fixed: [] }) };
}

function optionsOf(command: Command): Option[] {
  const own = [...command.options];
  for (let parent = command.parent; parent; parent = parent.parent) own.push(...parent.options);
  return own;
}

function valuesOf(of: Argument | Option, name: string): Pick<Cursor, 'kind' | 'fixed'> {
  return { kind: kindOf(name), fixed: (of.argChoices ?? []).map((value) => ({ value })) };
}

function kindOf(name: string | undefined): Kind | null {
  return name !== undefined && KINDS.includes(name) ? (name as Kind) : null;
}

function ask(context: Context, kind: Kind, { task, data }: Pick<Cursor, 'task' | 'data'>): Promise<Candidate[]> {
  return withClient(context, { data, forAgents: kind === 'item' }, (client) => ASK[kind](client, task));
}

const ASK: Record<Kind, (client: Client, task: string | undefined) => Promise<Candidate[]>> = {
  project: async (client) =>
    (await client.projects.list()).map(({ name, path }) => ({ value: name, description: path })),
  task: async (client) =>
    (await client.tasks.list({ limit: MOST })).tasks.map(({ id, status, title }) => ({
      value: id,
      description: `${status}: ${title}`,
    })),
  item: async (client, taskId) =>
    taskId === undefined
      ? []
      : (await client.items.list({ taskId })).map(({ id, status, text }) => ({
          value: id,
          description: `${status}: ${text}`,
        })),
  approval: async (client) =>
    (await client.approvals.list({ status: ['pending'], limit: MOST })).approvals.map(({ id, title }) => ({
      value: id,
      description: title,
    })),
  rule: async (client) => (await client.rules.list({})).map(({ id, words }) => ({ value: id, description: words })),
  terminal: async (client) =>
    (await client.terminals.list({})).map(({ id, name, folder }) => ({ value: id, description: `${name}, ${folder}` })),
  workspace: async (client) =>
    (await client.workspaces.recorded({})).map(({ id, state, branch }) => ({
      value: id,
      description: `${state}: ${branch}`,
    })),
  agent: async (client) => (await client.agents.list()).map(({ name, description }) => ({ value: name, description })),
  key: async (client) => (await client.settings.list()).map(({ key, words }) => ({ value: key, description: words })),
};

async function withPatience(question: () => Promise<Candidate[]>): Promise<Candidate[]> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<Candidate[]>((resolve) => {
    timer = setTimeout(() => resolve([]), PATIENCE_MS);
  });
  try {
    return await Promise.race([question().catch(() => []), tired]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
