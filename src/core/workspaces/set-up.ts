import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Logger } from '../base/logger.ts';
import { gitWords } from '../git/git-error.ts';
import { submoduleFolders, submoduleUpdate } from '../git/submodules.ts';
import type { CommandResult } from '../process/run-command.ts';
import { type EnvironmentOfUser, runForUser } from '../process/run-for-user.ts';
import { copyFiles } from './copy-files.ts';

const SETUP_TIMEOUT_MS = 30 * 60 * 1000;
const OUTPUT_KEPT = 64 * 1024;
const OUTPUT_SHOWN = 2000;
/** Empty folders that are named. */
const NAMED = 5;

export interface SetUpOptions {
  project: Project;
  /** The worktree. */
  path: string;
  environment: EnvironmentOfUser;
  logger: Logger;
  signal?: AbortSignal;
  /** Set as `DROVER_RUN`, so that what a command leaves is found when the run ends. */
  marker?: string;
  /** Milliseconds that git may take for submodules. */
  limitMs: number;
  /** Told in words what is done at the moment. */
  doing?(words: string): void;
  /** Told what is missing though the workspace is made. */
  warn?(code: string, words: string): void;
}

/**
 * Fills the folders of submodules where the project's settings say so, else tells which are empty. Copies what the project's settings name and runs its setup commands, one after the other. They are the user's own
 * settings, not the repository's, so they run whether or not the repository is trusted. Refused at the first command
 * that fails, with the end of its output.
 */
export async function setUp(options: SetUpOptions): Promise<Result<null>> {
  const { project, path, environment, logger, signal, marker, doing } = options;
  const submodules = await enterSubmodules(options);
  if (!submodules.ok) return submodules;
  if (project.copy.length > 0) {
    try {
      for (const { path: entry, why } of await copyFiles(project.path, path, project.copy)) {
        logger.warn('not copied into the workspace', { entry, why, path });
      }
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return reject('unavailable', `Files of the project ${project.name} could not be copied to ${path}: ${words}.`);
    }
  }
  if (project.setup.length === 0) return accept(null);
  for (const argv of project.setup) {
    doing?.(`Setting up the workspace: ${argv.join(' ')}`);
    const result = await runForUser(environment, {
      argv,
      cwd: path,
      timeoutMs: SETUP_TIMEOUT_MS,
      maxOutputBytes: OUTPUT_KEPT,
      signal,
      marker,
    });
    const command = argv.join(' ');
    logger.info('setup command', { command, exitCode: result.exitCode, durationMs: result.durationMs });
    if (result.aborted) return reject('wrong-state', 'Stopped while the workspace was being set up.');
    if (result.exitCode !== 0) {
      const end = result.output.slice(-OUTPUT_SHOWN).trim();
      return reject(
        'unavailable',
        `The setup command ${command} of the project ${project.name} failed (${howItEnded(result)}).${end ? `\n${end}` : ''}`,
      );
    }
  }
  return accept(null);
}

async function enterSubmodules(options: SetUpOptions): Promise<Result<null>> {
  const { project, path, signal, limitMs, doing, warn } = options;
  try {
    const empty = (await submoduleFolders(path)).filter(({ initialised }) => !initialised);
    if (empty.length === 0) return accept(null);
    if (project.submodules) {
      doing?.('Setting up the workspace: initializing submodules');
      await submoduleUpdate({ cwd: path, trusted: project.trusted, signal, timeoutMs: limitMs });
      return accept(null);
    }
    const names = empty.slice(0, NAMED).map((one) => one.path);
    const more = empty.length > NAMED ? ` and ${empty.length - NAMED} more` : '';
    warn?.(
      'submodules-empty',
      `${names.join(', ')}${more} ${empty.length === 1 ? 'is' : 'are'} empty: submodules are not initialized in workspaces of this project. Its settings can turn that on.`,
    );
    return accept(null);
  } catch (error) {
    if (signal?.aborted) return reject('wrong-state', 'Stopped while the workspace was being set up.');
    return reject(
      'unavailable',
      `The submodules of the project ${project.name} could not be initialized: ${gitWords(error)}`,
    );
  }
}

function howItEnded(result: CommandResult): string {
  if (result.problem) return result.problem;
  if (result.timedOut) return `not done after ${SETUP_TIMEOUT_MS / 60_000} minutes`;
  return result.signal ? `ended by ${result.signal}` : `exit ${result.exitCode}`;
}
