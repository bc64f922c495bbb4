import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ProcessIdentity } from '../../contract/run/state.ts';
import { findProgram } from './find-program.ts';
import { identify } from './identity.ts';

/** Why a program could not be started; `message` is a sentence for a person. */
export class StartFailure extends Error {
  readonly code: 'program-missing' | 'folder-missing' | 'too-long' | 'not-allowed' | 'failed';
  constructor(code: StartFailure['code'], words: string, cause?: unknown) {
    super(words, { cause });
    this.name = 'StartFailure';
    this.code = code;
  }
}

export interface SpawnOptions {
  program: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  stdin: 'pipe' | 'ignore';
}

/**
 * Starts a program without a shell, as leader of a process group and session of its own, and takes its identity before
 * the system can forget it. Rejects with `StartFailure`; nothing runs then.
 */
export async function spawnTree(options: SpawnOptions): Promise<{ child: ChildProcess; identity: ProcessIdentity }> {
  const { args, cwd, env } = options;
  const program = findProgram(options.program, env.PATH ?? env.Path);
  if (!program) {
    throw new StartFailure('program-missing', `The program ${options.program} was not found or cannot be executed.`);
  }
  let child: ChildProcess;
  try {
    child = spawn(program, [...args], {
      cwd,
      env: { ...env },
      detached: true,
      shell: false,
      windowsHide: true,
      stdio: [options.stdin, 'pipe', 'pipe'],
    });
  } catch (error) {
    throw startFailure(program, cwd, error);
  }
  // Taken at once: the child is reaped only when we return to the event loop.
  const identity = child.pid === undefined ? null : identify(child.pid);
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(startFailure(program, cwd, error)));
    child.once('spawn', resolve);
  });
  // Later errors (a signal that could not be sent) are not failures of the start, and must not bring us down.
  child.on('error', () => {});
  if (!identity) {
    child.kill('SIGKILL');
    throw new StartFailure('failed', `${program} was started, but the system does not tell who it is.`);
  }
  return { child, identity };
}

function startFailure(program: string, cwd: string, error: unknown): StartFailure {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!existsSync(cwd)) {
    return new StartFailure(
      'folder-missing',
      `${program} cannot be started in ${cwd}: there is no such folder.`,
      error,
    );
  }
  if (code === 'E2BIG' || code === 'ENAMETOOLONG') {
    return new StartFailure(
      'too-long',
      `${program} cannot be started: its arguments and environment are too long.`,
      error,
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new StartFailure('not-allowed', `${program} cannot be started in ${cwd}: permission denied.`, error);
  }
  if (code === 'ENOENT') {
    // The file is there, so what is missing is what it needs: the interpreter of its first line, or the loader.
    return new StartFailure('program-missing', `${program} cannot be started: its interpreter was not found.`, error);
  }
  if (code === 'EMFILE' || code === 'ENFILE' || code === 'EAGAIN' || code === 'ENOMEM') {
    const words = `${program} cannot be started: this machine has no room for more processes, files or memory now.`;
    return new StartFailure('failed', words, error);
  }
  const words = error instanceof Error ? error.message : String(error);
  return new StartFailure('failed', `${program} cannot be started: ${words}.`, error);
}
