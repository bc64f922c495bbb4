import type { Child, ChildExit, ChildOptions } from './child.ts';
import { killTree } from './kill-tree.ts';
import { spawnTree } from './spawn-tree.ts';
import { createTail } from './tail.ts';

const STDERR_BYTES = 8 * 1024;
/** How long after the end of the program what it left behind may keep its output open. */
const LINGER_MS = 1_000;
const LINGER_GRACE_MS = 2_000;

/**
 * Starts a program with pipes, in a process group and session of its own, without a shell. Rejects with `StartFailure`
 * (program or folder not there, arguments too long, not allowed).
 *
 * The reader must consume `stdout`, or `closed` never comes. Writing to `stdin` after the program has gone is no error:
 * `closed` tells. When the program ends by itself and processes it left keep its output open for more than a second,
 * they are stopped, so that `closed` comes; others are left to `stop`.
 */
export async function startProcess(options: ChildOptions): Promise<Child> {
  const { program, args, cwd, marker } = options;
  const env = marker === undefined ? options.env : { ...options.env, DROVER_RUN: marker };
  const { child, identity } = await spawnTree({ program, args, cwd, env, stdin: 'pipe' });
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('A child with pipes has all three streams.');

  // EPIPE: the program closed its end or is gone.
  stdin.on('error', () => {});
  stdout.on('error', () => {});
  stderr.on('error', () => {});
  const tail = createTail(STDERR_BYTES);
  stderr.on('data', (chunk: Buffer) => tail.push(chunk));

  const closed = new Promise<ChildExit>((resolve) => {
    let linger: NodeJS.Timeout | null = null;
    child.once('exit', () => {
      linger = setTimeout(() => void killTree({ identity, marker, graceMs: LINGER_GRACE_MS }), LINGER_MS);
      linger.unref();
    });
    child.once('close', (code, signal) => {
      if (linger) clearTimeout(linger);
      resolve({ code, signal, stderr: tail.text() });
    });
  });

  return {
    identity,
    stdin,
    stdout,
    closed,
    async stop(graceMs) {
      await killTree({ identity, marker, graceMs });
    },
  };
}
