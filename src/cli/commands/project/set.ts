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
}

export const run: Command<Options> = (context, [named = ''], options) => {
  const settings: Partial<ProjectSettings> = {
    ...(options.setup ? { setup: unlessEmptied(options.setup).map(readCommand) } : {}),
    ...(options.copy ? { copy: unlessEmptied(options.copy) } : {}),
    ...(options.check ? { checks: unlessEmptied(options.check).map(readCommand) } : {}),
    ...(options.branchPrefix === undefined ? {} : { branchPrefix: options.branchPrefix }),
    ...(options.submodules === undefined ? {} : { submodules: readSwitch(options.submodules) }),
  };
  if (options.name === undefined && options.path === undefined && Object.keys(settings).length === 0) {
    throw badInput('Nothing to set.', [
      '--name',
      '--path',
      '--setup',
      '--copy',
      '--check',
      '--branch-prefix',
      '--submodules',
    ]);
  }
  return withClient(context, options, async (client) => {
    const { id } = await findProject(context, client, named);
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
