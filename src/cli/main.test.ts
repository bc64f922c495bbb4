import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeDrover, type FakeDrover } from '../../test/support/fake-drover.ts';
import { createTempFolder } from '../../test/support/temp.ts';
import { runInTerminal } from '../../test/support/terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ID = 'a00000001';
const RUN = 'a00000001.1';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let drover: FakeDrover;
let meta: Metafile;
let env: Record<string, string>;
/** The bundled command, as `npm run build` makes it. */
let bundle: string;

beforeAll(async () => {
  temp = await createTempFolder();
  drover = await createFakeDrover(temp.path);
  // Beside the sources, so that what is not bundled and Drover's package.json are found from there.
  bundle = join(temp.path, 'drover', 'out', 'cli', 'main.js');
  await mkdir(join(temp.path, 'drover', 'out', 'cli'), { recursive: true });
  await writeFile(join(temp.path, 'drover', 'package.json'), '{"name":"drover","version":"9.8.7","type":"module"}');
  const require =
    "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";
  const built = await build({
    absWorkingDir: ROOT,
    entryPoints: { main: 'src/cli/main.ts' },
    outdir: join(temp.path, 'drover', 'out', 'cli'),
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.18',
    banner: { js: require },
    metafile: true,
    logLevel: 'silent',
  });
  meta = built.metafile;
  env = { PATH: process.env.PATH ?? '', HOME: temp.path, DROVER_DATA: drover.dataFolder, TERM: 'xterm-256color' };
});
afterAll(async () => {
  await drover.stop();
  await temp.remove();
});
beforeEach(async () => {
  drover.tasks.clear();
  drover.events.length = 0;
  drover.projects.length = 0;
  await run(['project', 'add', temp.path, '--name', 'my sample']);
  await run(['task', 'create', 'Go', '--item', 'one', '--item', 'two', '--title', 'T', '--draft']);
});

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

function start(args: readonly string[], node = process.execPath): ChildProcess {
  return spawn(node, [bundle, ...args], { env, cwd: temp.path, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function resultOf(child: ChildProcess): Promise<Result> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

function run(args: readonly string[], node?: string): Promise<Result> {
  return resultOf(start(args, node));
}

/** What the command prints in a real terminal. */
async function show(args: readonly string[], more: Record<string, string> = {}, columns = 60): Promise<string> {
  const options = { cwd: temp.path, env: { ...env, ...more }, columns };
  return (await runInTerminal(process.execPath, [bundle, ...args], options)).text;
}

describe('the built command', () => {
  it('loads no schema library, no native module and nothing of the server', () => {
    const inputs = Object.keys(meta.inputs);
    expect(inputs.some((path) => path.includes('node_modules/commander'))).toBe(true);
    const banned = /node_modules\/(zod|@orpc\/(contract|server|zod|openapi)|better-sqlite3|node-pty|@lydell)\/|\.node$/;
    expect(inputs.filter((path) => banned.test(path))).toEqual([]);
    expect(
      inputs.filter((path) =>
        /^src\/(?!cli|contract|desktop|core\/process\/(environment|find-program|no-proxy)\.ts)/.test(path),
      ),
    ).toEqual([]);
  });

  it('begins with the tree of commands only; what a command needs is loaded when it runs', () => {
    const outputs = Object.entries(meta.outputs);
    const [, entry] = outputs.find(([, { entryPoint }]) => entryPoint === 'src/cli/main.ts') ?? [];
    const loaded = new Set<string>();
    const walk = (output: typeof entry) => {
      for (const path of Object.keys(output?.inputs ?? {})) loaded.add(path);
      for (const { path, kind } of output?.imports ?? []) {
        if (kind === 'import-statement') walk(meta.outputs[path]);
      }
    };
    walk(entry);
    expect(loaded).toContain('src/cli/run.ts');
    expect([...loaded].filter((path) => /commands\/|node_modules\/(ws|@orpc)\//.test(path))).toEqual([]);
  });

  it('does not make Node load its fetch, which takes longer than all the rest', async () => {
    const loaded = join(temp.path, 'loaded.cjs');
    await writeFile(
      loaded,
      "process.on('exit', () => require('fs').writeSync(2, String(process.moduleLoadList.some((m) => m.includes('undici/undici')))));",
    );
    const child = spawn(process.execPath, ['--require', loaded, bundle, 'task', 'show', ID], { env, cwd: temp.path });
    expect(await resultOf(child)).toMatchObject({ code: 0, stderr: 'false' });
  });

  it('runs on every Node at hand, among them the oldest that is supported where the machine has it', async () => {
    for (const node of await findNodes()) {
      expect(await run(['--version'], node)).toEqual({ code: 0, stdout: '9.8.7\n', stderr: '' });
      expect(await run(['item', 'set', ID, '1', 'in_progress'], node)).toEqual({
        code: 0,
        stdout: '▸ 1  one\n',
        stderr: '',
      });
      expect(await run(['task', 'wait', 'x'], node)).toMatchObject({ code: 3, stdout: '' });
    }
  });

  it('ends quietly when its reader goes away', async () => {
    for (let i = 0; i < 3000; i += 1) {
      drover.push(ID, { type: 'item.noted', itemId: '1', note: { at: 0, by: 'agent', text: 'x'.repeat(200) } });
    }
    const child = start(['task', 'log', ID]);
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout?.once('data', () => child.stdout?.destroy());
    const [code, signal] = await once(child, 'close');
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  });

  it('stops waiting at a real Ctrl-C, with 130', async () => {
    drover.push(ID, { type: 'run.started', runId: RUN, no: 1, mode: 'fresh', sessionId: null });
    const child = start(['task', 'wait', ID]);
    const result = resultOf(child);
    await drover.subscribed();
    child.kill('SIGINT');
    expect(await result).toEqual({
      code: 130,
      stdout: '',
      stderr: `drover: No longer waiting; task ${ID} continues. \`drover task stop ${ID}\` stops it.\n`,
    });
  });
});

describe('in a terminal', () => {
  it('prints in colours and fits the width', async () => {
    const text = await show(['task', 'list']);
    expect(text).toContain('\u001b[2mDraft\u001b[22m');
    drover.projects.length = 0;
    const narrow = await show(['config', 'list'], { NO_COLOR: '1' }, 50);
    for (const line of narrow.trimEnd().split('\r\n')) expect(line.length).toBeLessThanOrEqual(50);
    expect(narrow).toContain('…');
  });

  it('prints no colours with NO_COLOR, nor without a terminal, unless forced', async () => {
    expect(await show(['task', 'list'], { NO_COLOR: '1' })).not.toContain('\u001b');
    expect((await run(['task', 'list'])).stdout).not.toContain('\u001b');
    env.FORCE_COLOR = '1';
    expect((await run(['task', 'list'])).stdout).toContain('\u001b[2mDraft\u001b[22m');
    delete env.FORCE_COLOR;
  });
});

describe('completion in bash', () => {
  /** What bash itself offers at the end of this line. */
  async function offered(line: string): Promise<string[]> {
    const bin = join(temp.path, 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'drover'), `#!/bin/sh\nexec '${process.execPath}' '${bundle}' "$@"\n`);
    await chmod(join(bin, 'drover'), 0o755);
    const script = `
      source <(drover completion bash)
      COMP_LINE=$1 COMP_POINT=\${#1}
      # As readline does it: by blanks, and by = and : on their own.
      read -r -a COMP_WORDS <<< "\${1//=/ = }"
      [[ $1 == *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
      _drover
      printf '%s\\n' "\${COMPREPLY[@]}"
      complete -p drover >&2
    `;
    const child = spawn('bash', ['--norc', '--noprofile', '-c', script, 'bash', line], {
      env: { ...env, PATH: `${bin}${delimiter}${env.PATH}` },
      cwd: temp.path,
    });
    const { stdout, stderr } = await resultOf(child);
    expect(stderr).toMatch(/^complete .*-F _drover drover\n$/);
    return stdout.split('\n').filter(Boolean);
  }

  it('offers commands, options, choices', async () => {
    expect(await offered('drover proj')).toEqual(['project']);
    expect(await offered('drover item ')).toEqual(['list', 'add', 'set', 'note']);
    expect(await offered('drover task create --it')).toEqual(['--item', '--items-file']);
    expect(await offered('drover task create --autonomy ')).toEqual(['plan', 'ask', 'edit', 'auto']);
    expect(await offered('drover task create --autonomy=a')).toEqual(['ask', 'auto']);
    expect(await offered('drover completion z')).toEqual(['zsh']);
  });

  it('offers what Drover knows, quoted for the shell', async () => {
    expect(await offered('drover task show ')).toEqual([ID]);
    expect(await offered('drover --json task log --from 3 ')).toEqual([ID]);
    expect(await offered(`drover item set ${ID} `)).toEqual(['1', '2']);
    expect(await offered(`drover item set ${ID} 1 in`)).toEqual(['in_progress']);
    expect(await offered('drover project show ')).toEqual(['my\\ sample']);
    expect(await offered('drover task create --project m')).toEqual(['my\\ sample']);
    expect(await offered('drover agent show ')).toEqual(['demo']);
    expect(await offered('drover config get task')).toEqual(['task.slots']);
  });

  it('offers nothing hostile, and nothing where there is nothing', async () => {
    const project = drover.projects[0];
    if (project) project.name = 'x\u001b[31m\ny';
    expect(await offered('drover project show ')).toEqual([]);
    expect(await offered('drover task show b')).toEqual([]);
    expect(await offered('drover nonsense ')).toEqual([]);
  });
});

describe('the other shells', () => {
  it('get scripts that name the hidden command', async () => {
    for (const shell of ['zsh', 'fish']) {
      expect((await run(['completion', shell])).stdout).toContain('drover __complete');
    }
    expect(await run(['completion', 'tcsh'])).toMatchObject({ code: 3 });
  });
});

/** This Node, and those in PATH. */
async function findNodes(): Promise<string[]> {
  const nodes = new Set([process.execPath]);
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if ((await readdir(folder).catch(() => [] as string[])).includes('node')) nodes.add(join(folder, 'node'));
  }
  return [...nodes];
}

describe('the way in', () => {
  it('of the package is a file that can be executed', async () => {
    const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect((await readFile(join(ROOT, manifest.bin.drover), 'utf8')).split('\n')[0]).toBe('#!/usr/bin/env node');
  });
});
