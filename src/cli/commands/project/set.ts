import { resolve } from 'node:path';
import type { ProtectedThing } from '../../../contract/approval/state.ts';
import type { ProjectSettings } from '../../../contract/project/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { findProject } from '../../input/choose-project.ts';
import { unlessEmptied } from '../../input/emptied.ts';
import { changedLimits, type ResourceOptions } from '../../input/limits.ts';
import { readWhole } from '../../input/numbers.ts';
import { readCommand } from '../../input/read-command.ts';
import { projectLines } from '../../printing/project.ts';

interface Options extends ResourceOptions {
  path?: string;
  name?: string;
  setup?: string[];
  copy?: string[];
  check?: string[];
  branchPrefix?: string;
  submodules?: string;
  program?: string[];
  quiet?: boolean;
  slots?: string;
  lift?: ProtectedThing[];
  protect?: ProtectedThing[];
}

export const run: Command<Options> = (context, [project = ''], options) => {
  const settings: Partial<ProjectSettings> = {
    ...(options.setup ? { setup: unlessEmptied(options.setup).map(readCommand) } : {}),
    ...(options.copy ? { copy: unlessEmptied(options.copy) } : {}),
    ...(options.check ? { checks: unlessEmptied(options.check).map(readCommand) } : {}),
    ...(options.branchPrefix === undefined ? {} : { branchPrefix: options.branchPrefix }),
    ...(options.submodules === undefined ? {} : { submodules: readSwitch(options.submodules) }),
    ...(options.quiet === undefined ? {} : { quiet: options.quiet }),
    ...(options.slots === undefined
      ? {}
      : { slots: options.slots === '' ? null : readWhole(options.slots, '--slots', 1, 100) }),
  };
  const programs = readPrograms(options.program ?? []);
  const limited = [options.memory, options.processes, options.cpuTime].some((one) => one !== undefined);
  const named = limited || [options.name, options.path, options.lift, options.protect].some((one) => one !== undefined);
  if (!named && Object.keys(settings).length === 0 && programs.length === 0) {
    throw badInput('Nothing to set.', [
      '--name',
      '--path',
      '--setup',
      '--copy',
      '--check',
      '--branch-prefix',
      '--submodules',
      '--program',
      '--quiet',
      '--slots',
      '--memory',
      '--processes',
      '--cpu-time',
      '--lift',
      '--protect',
    ]);
  }
  return withClient(context, options, async (client) => {
    const { id, lifted, limits } = await findProject(context, client, project);
    if (limited) settings.limits = changedLimits(limits, options);
    if (programs.length > 0) settings.programs = withPrograms(await client.projects.get({ projectId: id }), programs);
    const path = options.path === undefined ? undefined : resolve(context.cwd, options.path);
    if (options.lift || options.protect) {
      const kept = new Set([...lifted, ...(options.lift ?? [])]);
      for (const thing of options.protect ?? []) kept.delete(thing);
      settings.lifted = [...kept];
    }
    const changed = await client.projects.set({ projectId: id, name: options.name, path, settings });
    show(context, options, changed, (view) => projectLines(view, changed));
    return undefined;
  });
};

function readSwitch(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw badInput(`--submodules is on or off, not ${text}.`, ['on', 'off']);
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
