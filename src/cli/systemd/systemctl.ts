import { spawn } from 'node:child_process';
import type { Context } from '../context.ts';

/** What became of a call of `systemctl --user`: done, or a sentence on why not. */
export type Called = { ok: true } | { ok: false; words: string };

/** How much of what it says is shown. */
const SAID = 400;

/** Calls the systemd of the person who is logged in. Never rejects. */
export function systemctl({ env }: Pick<Context, 'env'>, ...args: string[]): Promise<Called> {
  const words = commandOf(args);
  return new Promise((resolve) => {
    const child = spawn('systemctl', ['--user', ...args], { env: { ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-SAID);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'there is no systemctl in the PATH' : error.message;
      resolve({ ok: false, words: `\`${words}\` could not be run: ${why}.` });
    });
    child.on('close', (code) => {
      if (code === 0) resolve({ ok: true });
      else
        resolve({
          ok: false,
          words: `\`${words}\` failed: ${(said.trim() || `exit code ${code}`).replace(/\.?$/, '.')}`,
        });
    });
  });
}

/** The call as a person would type it. */
export function commandOf(args: readonly string[]): string {
  return ['systemctl', '--user', ...args].join(' ');
}
