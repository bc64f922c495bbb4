import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The version whose behaviour the backend was written to and is tested with. */
const VERSION = '2.1.329';
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));
const INSTALL_MS = 5 * 60_000;

/**
 * The absolute path of a real `claude`: DROVER_TEST_CLAUDE if set, else the pinned version, installed from npm into the
 * cache folder the first time. Safe when several workers and checkouts ask at once.
 */
export async function claudeProgram(): Promise<string> {
  const given = process.env.DROVER_TEST_CLAUDE;
  if (given) return given;
  const home = join(CACHE, `claude-code-${VERSION}`);
  const program = join(home, 'node_modules', '.bin', 'claude');
  const lock = `${home}.lock`;
  const deadline = Date.now() + INSTALL_MS;
  while (!existsSync(program)) {
    await mkdir(CACHE, { recursive: true });
    const held = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (held) {
      try {
        if (!existsSync(program)) await install(home);
      } finally {
        await rm(lock, { recursive: true, force: true });
      }
    } else if (Date.now() > deadline) {
      throw new Error(
        `Another process has been installing Claude Code for too long. If there is none, remove ${lock}.`,
      );
    } else {
      const since = await stat(lock).catch(() => null);
      // Left by a worker that was killed.
      if (since && Date.now() - since.mtimeMs > INSTALL_MS) await rm(lock, { recursive: true, force: true });
      await sleep(200);
    }
  }
  return program;
}

/** Into a folder beside, which takes its place only when complete. */
async function install(home: string): Promise<void> {
  const fresh = `${home}.${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await writeFile(join(fresh, 'package.json'), '{"private":true}\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', `@anthropic-ai/claude-code@${VERSION}`, '--no-audit', '--no-fund', '--no-save', '--silent'];
  await run(npm, [...args, '--prefix', fresh], fresh);
  // Its program is put in place by an install script, which npm may have been told not to run.
  await run(join(fresh, 'node_modules', '.bin', 'claude'), ['--version'], fresh);
  await rm(home, { recursive: true, force: true });
  await rename(fresh, home);
}

function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, timeout: INSTALL_MS }, (error, _stdout, stderr) => {
      if (error) reject(new Error(`Claude Code ${VERSION} could not be installed for the tests: ${stderr || error}`));
      else resolve();
    });
  });
}

/**
 * The whole environment of a `claude` that talks to nobody but the scripted API: nothing of the outer session, an empty
 * HOME, a key that is none.
 */
export function claudeEnvironment(options: {
  program: string;
  home: string;
  baseUrl: string;
  extra?: Record<string, string>;
}): Record<string, string> {
  return {
    PATH: [dirname(options.program), process.env.PATH ?? ''].join(':'),
    HOME: options.home,
    LANG: 'C.UTF-8',
    ANTHROPIC_BASE_URL: options.baseUrl,
    ANTHROPIC_API_KEY: 'sk-test-dummy',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_AUTOUPDATER: '1',
    IS_SANDBOX: '1',
    ...options.extra,
  };
}
