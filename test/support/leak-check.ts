import { mkdtemp, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const GRACE_MS = 5000;
const MOST_NAMED = 30;

type Stray = { pid: number; command: string };

/**
 * Gives the whole test run one temporary folder and one mark in the environment, and fails the run when a process or a
 * file of it is left at the end. Every test makes its folders under `os.tmpdir()`, which is this folder.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'drover-test-')));
  process.env.TMPDIR = folder;
  process.env.DROVER_TEST_RUN = folder;
  return async () => {
    const strays = await straysOf(folder);
    for (const { pid } of strays) kill(pid);
    const files = await readdir(folder);
    // What lies in them tells whose they were.
    const within = (await readdir(folder, { recursive: true })).filter((name) => !files.includes(name));
    await rm(folder, { recursive: true, force: true });
    const complaints = [
      ...strays.map(({ pid, command }) => `process ${pid} was left running: ${command}`),
      ...files.map((name) => `${join(folder, name)} was left behind`),
      ...within.slice(0, MOST_NAMED).map((name) => `with ${name}`),
    ];
    if (complaints.length > 0) throw new Error(`The tests left something behind:\n  ${complaints.join('\n  ')}`);
  };
}

/** Processes of this run that have not ended by themselves after a little while. */
async function straysOf(folder: string): Promise<Stray[]> {
  const until = Date.now() + GRACE_MS;
  for (;;) {
    const strays = await findStrays(folder);
    if (strays.length === 0 || Date.now() > until) return strays;
    await wait(50);
  }
}

/**
 * Linux tells of every process where it works and with which environment it began. Our own children are the runner's
 * workers, which it ends itself; what a test started is a child of a worker, or of nobody any more.
 */
async function findStrays(folder: string): Promise<Stray[]> {
  if (process.platform !== 'linux') return [];
  const found: Stray[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z' || Number(parent) === process.pid) continue;
      const [environment, command, cwd] = await Promise.all([
        readFile(`/proc/${pid}/environ`, 'utf8'),
        readFile(`/proc/${pid}/cmdline`, 'utf8'),
        readlink(`/proc/${pid}/cwd`),
      ]);
      if (
        [environment, command, `${cwd}/`].some((text) => text.includes(`${folder}/`) || text.includes(`=${folder}\0`))
      )
        found.push({ pid, command: command.replaceAll('\0', ' ').trim().slice(0, 200) });
    } catch {
      // Ended meanwhile, or another user's.
    }
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended meanwhile.
  }
}
