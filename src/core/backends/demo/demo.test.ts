import { execFileSync } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  describeBackendConformance,
  openWatched,
  type WatchedSession,
} from '../../../../test/support/backend-conformance.ts';
import { DEMO_AGENT } from '../../../../test/support/programs.ts';
import { startToolsServer, type ToolsServer } from '../../../../test/support/tools-server.ts';
import type { SessionOptions, ToolAnswer, ToolQuestion } from '../backend.ts';
import { createDemoBackend } from './backend.ts';

const HANGING = fileURLToPath(new URL('../../../../test/support/hanging-agent.mjs', import.meta.url));

describeBackendConformance({
  name: 'the demo backend',
  async create(folder) {
    const tools = await startToolsServer(['Write asked.txt']);
    const stateFolder = join(folder, '..', `${folder.split('/').at(-1)}-state`);
    return {
      backend: createDemoBackend({ agentProgram: DEMO_AGENT, stateFolder }),
      options: { tools },
      async close() {
        await tools.close();
        await rm(stateFolder, { recursive: true, force: true });
      },
    };
  },
  async hanging(folder) {
    return { backend: createDemoBackend({ agentProgram: HANGING, stateFolder: join(folder, 'none') }), options: {} };
  },
  prompts: {
    plain: 'demo: thorough',
    tool: 'demo: thorough',
    endless: 'demo: stall',
    crash: 'demo: crash code=3',
    ask: 'demo: thorough',
    stray: 'demo: background',
    transient: 'demo: transient n=1',
    permanent: 'demo: fail',
    recall: 'demo: recall',
  },
  written: (folder) =>
    access(join(folder, 'notes', '1.md')).then(
      () => true,
      () => false,
    ),
});

describe('the demo agent', () => {
  let folder: string;
  let cwd: string;
  let tools: ToolsServer;
  let open: WatchedSession[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drover-demo-'));
    cwd = join(folder, 'work');
    await mkdir(cwd);
    tools = await startToolsServer(['Write the first file', 'Write the second file']);
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map(({ session }) => session.close(0)));
    await tools.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (change: Partial<SessionOptions> = {}, answer?: (question: ToolQuestion) => ToolAnswer) => {
    const backend = createDemoBackend({ agentProgram: DEMO_AGENT, stateFolder: join(folder, 'sessions') });
    const watched = await openWatched(backend, { cwd, tools, ...change }, answer);
    open.push(watched);
    return watched;
  };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder } }).trim();
  const statuses = () => tools.items.map((item) => item.status);
  const said = (watched: WatchedSession) =>
    watched.entries().flatMap((entry) => (entry.type === 'text' ? [entry.text] : []));

  test('by default it forgets the last item once, and commits after every turn', async () => {
    git('init', '--quiet', '--initial-branch=main');
    const watched = await start();
    expect(await watched.session.prompt('Do the work.')).toMatchObject({ result: 'ok' });
    expect(statuses()).toEqual(['completed', 'pending']);
    expect(said(watched)).toEqual(['All done.']);
    expect(git('log', '--format=%s %an')).toBe('Work on item 1 Drover demo agent');

    expect(await watched.session.prompt('Item 2 is open.')).toMatchObject({ result: 'ok' });
    expect(statuses()).toEqual(['completed', 'completed']);
    expect(git('show', '--stat', '--format=', 'HEAD')).toContain('notes/2.md');
    expect(git('status', '--porcelain')).toBe('');
    expect(await readFile(join(cwd, 'notes/2.md'), 'utf8')).toBe(
      '# Write the second file\n\nDone by the demo agent.\n',
    );
  });

  test('without a repository or a checklist it works all the same', async () => {
    tools.items.length = 0;
    const watched = await start();
    expect(await watched.session.prompt('Do the work.')).toMatchObject({ result: 'ok' });
    expect(await readFile(join(cwd, 'notes/goal.md'), 'utf8')).toContain('Turn 1');
    expect(watched.entries()).toContainEqual(expect.objectContaining({ type: 'tool-settled', ok: false }));
  });

  test('the tools may answer with server-sent events', async () => {
    await tools.close();
    tools = await startToolsServer(['Only one'], 'event-stream');
    const watched = await start();
    expect(await watched.session.prompt('demo: instant')).toMatchObject({ result: 'ok' });
    expect(statuses()).toEqual(['completed']);
    expect(tools.calls.map((call) => call.name)).toEqual(['task_get', 'item_set']);
  });

  test('a wrong token is an error in words', async () => {
    const watched = await start({ tools: { url: tools.url, token: 'wrong' } });
    const result = await watched.session.prompt('demo: instant');
    expect(result.error).toMatchObject({ class: 'permanent', words: expect.stringContaining('HTTP 401') });
  });

  test('a directive stays for later turns, until another one comes', async () => {
    const watched = await start();
    await watched.session.prompt('A goal\n  demo: stubborn  \nwith more words');
    await watched.session.prompt('Item 2 is open.');
    await watched.session.prompt('Item 2 is still open.');
    expect(statuses()).toEqual(['completed', 'pending']);
    await watched.session.prompt('demo: thorough');
    expect(statuses()).toEqual(['completed', 'completed']);
  });

  test('a denied edit leaves the item open, and the words reach the conversation', async () => {
    const watched = await start({ autonomy: 'plan' }, () => ({ decision: 'deny', words: 'Only reading is allowed.' }));
    await watched.session.prompt('demo: thorough');
    expect(statuses()).toEqual(['in_progress', 'in_progress']);
    expect(said(watched)).toEqual(['I was not allowed to finish 2 of the items.']);
    expect(watched.entries()).toContainEqual(
      expect.objectContaining({ ok: false, output: 'Only reading is allowed.' }),
    );
    expect(watched.questions[0]).toMatchObject({
      call: { kind: 'write', title: 'Write' },
      input: { file_path: join(cwd, 'notes/1.md') },
    });
  });

  test('an edit that was changed by the answer is carried out as changed', async () => {
    const watched = await start({ autonomy: 'ask' }, ({ input }) => ({
      decision: 'allow',
      input: { ...input, content: 'changed' },
    }));
    await watched.session.prompt('demo: thorough');
    expect(await readFile(join(cwd, 'notes/1.md'), 'utf8')).toBe('changed');
  });

  test('a question is withdrawn when the turn is interrupted', async () => {
    let asked: (question: ToolQuestion) => void = () => {};
    const question = new Promise<ToolQuestion>((resolve) => {
      asked = resolve;
    });
    const watched = await start({
      autonomy: 'ask',
      ask: (one) => {
        asked(one);
        return new Promise(() => {});
      },
    });
    const turn = watched.session.prompt('demo: thorough');
    const { signal } = await question;
    await watched.session.interrupt();
    expect(await turn).toMatchObject({ result: 'interrupted' });
    expect(signal.aborted).toBe(true);
    await expect(access(join(cwd, 'notes/1.md'))).rejects.toThrow();
  });

  test('it blocks, and it crashes once, when told to', async () => {
    const watched = await start();
    await watched.session.prompt('demo: block');
    expect(statuses()).toEqual(['blocked', 'pending']);

    const sessionId = crypto.randomUUID();
    const first = await start({ sessionId });
    const crashed = await first.session.prompt('demo: crash code=7 once');
    expect(crashed.error?.words).toBe(
      'The demo agent ended with exit code 7. It wrote: The demo agent was told to crash.',
    );
    const second = await start({ sessionId, resume: true });
    expect(await second.session.prompt('Go on.')).toMatchObject({ result: 'ok' });
    expect(statuses()).toEqual(['blocked', 'completed']);
  });

  test('transient errors pass after n turns, and carry how long to wait', async () => {
    const watched = await start();
    expect(await watched.session.prompt('demo: transient n=2 after=50')).toMatchObject({
      error: { class: 'transient' },
      retryAfterMs: 50,
    });
    expect(await watched.session.prompt('again')).toMatchObject({ error: { class: 'transient' } });
    expect(await watched.session.prompt('again')).toMatchObject({ result: 'ok' });
  });

  test('an agent that hears nothing is ended by force', async () => {
    const watched = await start();
    const turn = watched.session.prompt('demo: deaf');
    await watched.seen((one) => one.type === 'entry');
    await watched.session.close(50);
    expect(await turn).toMatchObject({ result: 'interrupted' });
  });

  test('an unknown scenario says which there are', async () => {
    const watched = await start();
    const result = await watched.session.prompt('demo: constructor');
    expect(result.error).toMatchObject({ class: 'permanent', hint: expect.stringContaining('thorough') });
  });

  test('a flood is read in order without growing, and a line that is too long is noticed', {
    timeout: 60_000,
  }, async () => {
    tools.items.length = 0;
    let bytes = 0;
    let peak = 0;
    let count = 0;
    const notices: string[] = [];
    const before = process.memoryUsage().rss;
    const watched = await start({
      report: {
        started: () => {},
        session: () => {},
        delta: () => {},
        background: () => {},
        alive: () => {},
        entry(entry) {
          if (entry.type === 'notice') notices.push(entry.code);
          if (entry.type !== 'text') return;
          bytes += entry.text.length;
          count += 1;
          if (count % 100 === 0) peak = Math.max(peak, process.memoryUsage().rss);
        },
      },
    });
    expect(await watched.session.prompt('demo: flood mb=100 line=50')).toMatchObject({ result: 'ok' });
    expect(bytes).toBe(100 * 1024 * 1024);
    expect(notices).toEqual(['line-too-long']);
    expect(peak - before).toBeLessThan(150 * 1024 * 1024);
  });

  test('a rate is kept', async () => {
    tools.items.length = 0;
    const watched = await start();
    const startedAt = performance.now();
    await watched.session.prompt('demo: rate n=200 seconds=0.5');
    expect(watched.entries().filter((entry) => entry.type === 'text')).toHaveLength(100);
    expect(performance.now() - startedAt).toBeGreaterThan(450);
  });

  test('a session id that is no file name is refused', async () => {
    await expect(start({ sessionId: '../../outside' })).rejects.toThrow('knows no session');
  });

  test('without its program the backend says so', async () => {
    const backend = createDemoBackend({ agentProgram: join(folder, 'none.ts'), stateFolder: folder });
    expect(await backend.probe()).toMatchObject({ available: false, hint: 'Build or install Drover again.' });
    await expect(openWatched(backend, { cwd, tools })).rejects.toMatchObject({ code: 'missing' });
  });
});
