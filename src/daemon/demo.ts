import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { quoteWord } from '../contract/words/argv.ts';

/**
 * `npm start -- --demo`: a Drover of its own in a temporary folder, a small sample repository, and a task on it that the
 * demo agent works on, all through the same programs that a person uses. Exits like `drover task create --wait`. With
 * `--desktop` and the program of the desktop app with its arguments, it shows the task there, too, and ends when a person
 * quits that.
 */

const here = import.meta.dirname;
const source = import.meta.filename.endsWith('.ts');
const DAEMON = path.join(here, source ? 'main.ts' : 'main.js');
const CLI = path.join(here, '..', 'cli', source ? 'main.ts' : 'main.js');
const ITEMS = ['Write a greeting', 'Describe the project in the readme', 'Add a changelog'];
const GOAL = 'Turn the sample repository into a small, documented project.';

/** `desktop` is the program of the desktop app with its arguments; null for a Drover without a window. */
async function demo(desktop: readonly string[] | null): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-demo-'));
  const data = path.join(folder, 'data');

  const [program = process.execPath, ...args] = desktop ?? [process.execPath, DAEMON];
  const daemon = spawn(program, [...args, '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(daemon, 'exit');
  const stop = () => daemon.kill('SIGTERM');
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const listens = await Promise.race([
      once(createInterface({ input: daemon.stdout }), 'line'),
      ended.then(() => null),
    ]);
    if (listens === null) {
      say(`Drover did not start; its log is ${path.join(data, 'logs', 'drover.log')}.`);
      return 4;
    }

    const drover = (args: string[], stdio: 'inherit' | 'pipe' = 'inherit') => run(data, args, stdio);
    const sample = await must(drover(['project', 'sample', '--json'], 'pipe'));
    const { path: repository } = JSON.parse(sample.stdout) as { path: string };
    say(`\nA sample repository is in ${repository}.`);
    say('The demo agent gets a task with three items. It will claim to be done too early.\n');
    const items = ITEMS.flatMap((item) => ['--item', item]);
    const { code } = await drover([
      'task',
      'create',
      GOAL,
      '--project',
      'sample',
      '--agent',
      'demo',
      ...items,
      '--follow',
      '--wait',
    ]);

    const { stdout } = await must(drover(['workspace', 'list', '--json'], 'pipe'));
    const [workspace] = JSON.parse(stdout) as { path: string; branch: string; baseCommit: string }[];
    if (workspace) {
      const { branch, baseCommit } = workspace;
      say(`\nThe work is on the branch ${branch}:`);
      await command('git', ['-C', repository, '--no-pager', 'diff', '--stat', baseCommit, branch, '--']);
      say(`\nLook at it:\n  git -C ${quoteWord(repository)} log -p ${baseCommit.slice(0, 12)}..${branch}`);
      say(`The workspace is ${workspace.path}`);
    }
    say(`Everything of this demo is in ${folder}; delete the folder when you are done with it.`);
    if (desktop !== null) {
      say('Quit Drover when you have seen enough.');
      await ended;
    }
    return code;
  } finally {
    stop();
    await ended;
  }
}

interface Done {
  code: number;
  stdout: string;
}

function run(data: string, args: string[], stdio: 'inherit' | 'pipe'): Promise<Done> {
  return command(process.execPath, [CLI, ...args], { DROVER_DATA: data }, stdio);
}

async function command(
  program: string,
  args: string[],
  env: Record<string, string> = {},
  stdio: 'inherit' | 'pipe' = 'inherit',
): Promise<Done> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', stdio, 'inherit'] });
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 130, stdout };
}

async function must(work: Promise<Done>): Promise<Done> {
  const done = await work;
  if (done.code !== 0) throw new Error(`A step of the demo failed with exit code ${done.code}.`);
  return done;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const at = process.argv.indexOf('--desktop');
demo(at < 0 ? null : process.argv.slice(at + 1)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 4;
  },
);
