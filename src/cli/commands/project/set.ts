import { resolve } from 'node:path';
import type { ProjectSettings } from '../../../contract/project/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { findProject } from '../../input/choose-project.ts';
import { readCommand } from '../../input/read-command.ts';
import { projectLines } from '../../printing/project.ts';

interface Options {
  path?: string;
  name?: string;
  setup?: string[];
  copy?: string[];
  check?: string[];
  branchPrefix?: string;
  submodules?: string;
  program?: string[];
}

export const run: Command<Options> = (context, [named = ''], options) => {
  const settings: Partial<ProjectSettings> = {
    ...(options.setup ? { setup: unlessEmptied(options.setup).map(readCommand) } : {}),
    ...(options.copy ? { copy: unlessEmptied(options.copy) } : {}),
    ...(options.check ? { checks: unlessEmptied(options.check).map(readCommand) } : {}),
    ...(options.branchPrefix === undefined ? {} : { branchPrefix: options.branchPrefix }),
    ...(options.submodules === undefined ? {} : { submodules: readSwitch(options.submodules) }),
  };
  const programs = readPrograms(options.program ?? []);
  const isEmpty = Object.keys(settings).length === 0 && programs.length === 0;
  if (options.name === undefined && options.path === undefined && isEmpty) {
    throw badInput('Nothing to set.', [
      '--name',
      '--path',
      '--setup',
      '--copy',
      '--check',
      '--branch-prefix',
      '--submodules',
      '--program',
    ]);
  }
  return withClient(context, options, async (client) => {
    const { id } = await findProject(context, client, named);
    if (programs.length > 0) settings.programs = withPrograms(await client.projects.get({ projectId: id }), programs);
    const path = options.path === undefined ? undefined : resolve(context.cwd, options.path);
    const project = await client.projects.set({ projectId: id, name: options.name, path, settings });
    show(context, options, project, (view) => projectLines(view, project));
    return undefined;
  });
};

function readSwitch(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw badInput(`--submodules is on or off, not ${text}.`, ['on', 'off']);
}

/** The values of a repeated option; one empty value stands for an empty list. */
function unlessEmptied(values: string[]): string[] {
  return values.length === 1 && values[0] === '' ? [] : values;
}

type Change = { agent: string; argv: string[] | null };

/** `claude=/opt/claude --flag`, or `claude=` to take the one of the settings again. */
function readPrograms(values: readonly string[]): Change[] {
  return values.map((value) => {
    const equals = value.indexOf('=');
    if (equals <= 0) throw badInput(`“${value}” names no agent: write it as claude=/path/of/claude.`);
    const command = value.slice(equals + 1).trim();
    return { agent: value.slice(0, equals), argv: command === '' ? null : readCommand(command) };
  });
}

function withPrograms({ programs }: ProjectSettings, changes: readonly Change[]): Record<string, string[]> {
  const next = { ...programs };
  for (const { agent, argv } of changes) {
    if (argv === null) delete next[agent];
    else next[agent] = argv;
  }
  return next;
}
