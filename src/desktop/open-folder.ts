import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import type { FolderPlace } from '../contract/desktop.ts';
import type { Argv } from '../contract/project/state.ts';
import { accept, type Result, reject } from '../contract/rejection.ts';
import { agentEnvironment } from '../core/process/environment.ts';
import { findProgram } from '../core/process/find-program.ts';
import { type FilePlace, lineArguments } from './editor-lines.ts';
import { argumentsOf, OPENERS, platformOf } from './openers.ts';
import { programOf } from './program-of.ts';

/** A program that ends with a failure within this time has not opened anything. */
const WATCHED_MS = 1000;

const SETTINGS = { editor: 'desktop.editor', terminal: 'desktop.terminal', files: null } as const;
const WORDS = { editor: 'an editor', terminal: 'a terminal', files: 'a file manager' } as const;

interface Deps {
  /** The person's environment; what belongs to Drover in it is left out. */
  environment(): Promise<Readonly<Record<string, string | undefined>>>;
  platform?: NodeJS.Platform;
}

/**
 * Opens an existing folder in a program of the person's. The program belongs to them: it is started without a shell,
 * apart from Drover, and is neither recorded nor ended by it. Returns a sentence; refused with what to do when there is no
 * screen, no such program, or it fails at once. `chosen` is what a person chose for this place, to which the folder is
 * appended; null finds a program. With `file`, which is in the folder, that is opened instead of it, at its line where
 * the program is one whose way to say that is known.
 */
export type OpenFolder = (
  folder: string,
  place: FolderPlace,
  chosen: Argv | null,
  file?: FilePlace,
) => Promise<Result<{ words: string }>>;

export function createOpenFolder({ environment, platform = process.platform }: Deps): OpenFolder {
  return async (folder, place, chosen, file = { path: folder }) => {
    if (!isFolder(folder)) return reject('not-found', `The folder ${folder} does not exist.`);
    const env = agentEnvironment(await environment());
    if (platform !== 'win32' && platform !== 'darwin' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
      return reject('unavailable', `Drover has no screen here to open ${folder} on.`);
    }
    const start = chosen === null ? detect(place, env, platform) : configured(chosen, place, folder, env);
    if (!start.ok) return start;
    const { program, args, name } = start.value(file);
    const problem = await startApart(program, args, folder, env, platform !== 'win32');
    if (problem !== null) return reject('unavailable', `${name} could not be started: ${problem}.${adviceFor(place)}`);
    return accept({ words: `Opened ${file.path} in ${name}.` });
  };
}

type Start = (at: FilePlace) => { program: string; args: string[]; name: string };

function configured(argv: Argv, place: FolderPlace, folder: string, env: Record<string, string>): Result<Start> {
  const [wanted = '', ...args] = argv;
  const program = findProgram(wanted, env.PATH ?? env.Path);
  if (program === null) {
    return reject(
      'unavailable',
      `${folder} was not opened: the program ${wanted} of the setting ${SETTINGS[place]} was not found.`,
    );
  }
  return accept((at) => ({
    program,
    args: [...args, ...(lineArguments(argv, at) ?? [at.path])],
    name: path.basename(wanted),
  }));
}

function detect(place: FolderPlace, env: Record<string, string>, platform: NodeJS.Platform): Result<Start> {
  for (const one of OPENERS[place][platformOf(platform)]) {
    const program = programOf(one, env);
    if (program === null) continue;
    return accept((at) => ({
      program,
      args: lineArguments([one.program], at) ?? argumentsOf(one, at.path),
      name: one.name,
    }));
  }
  const advice = adviceFor(place) || ' Install xdg-utils, for example.';
  return reject('unavailable', `No program was found here that opens a folder as ${WORDS[place]}.${advice}`);
}

function adviceFor(place: FolderPlace): string {
  return SETTINGS[place] === null ? '' : ` Set ${SETTINGS[place]} to the program you want, with its arguments.`;
}

/** Null once the program has started and did not fail at once, else why not. Windows’ own answer with any exit code. */
function startApart(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  watched: boolean,
): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, detached: true, shell: false, stdio: 'ignore' });
    let patience: NodeJS.Timeout | undefined;
    const settle = (problem: string | null) => {
      clearTimeout(patience);
      child.unref();
      resolve(problem);
    };
    patience = setTimeout(() => settle(null), WATCHED_MS);
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => {
      settle(!watched || code === 0 ? null : `it ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
