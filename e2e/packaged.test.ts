import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUnsettled } from '../src/contract/task/derive.ts';
import { createTaskGate } from '../test/support/task-gate.ts';
import { until } from '../test/support/until.ts';
import { createPackagedHome, type PackagedApp, type PackagedHome, packageApp } from './packaged-app.ts';

/** The switches in the program by their place, see Electron's documentation of fuses. */
const FUSES = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserProcessSnapshot',
  'grantFileProtocolExtraPrivileges',
] as const;
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

async function fusesOf(program: string): Promise<Record<string, string>> {
  const content = await readFile(program);
  const wire = content.subarray(content.indexOf(SENTINEL) + SENTINEL.length + 2);
  return Object.fromEntries(FUSES.map((name, place) => [name, String.fromCharCode(wire[place] ?? 0)]));
}

/** A line of what the kernel tells of a process. */
async function statusOf(pid: number, field: string): Promise<string> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8');
  return new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(text)?.[1] ?? '';
}

/** Chromium writes spaces between the words where others have zeros. */
async function commandOf(pid: number): Promise<string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split(/[\0 ]/);
}

describe('the packed app', () => {
  let home: PackagedHome;
  let app: PackagedApp;

  beforeAll(async () => {
    await packageApp();
    home = await createPackagedHome();
    app = await home.start();
  }, 180_000);
  afterAll(() => home?.remove());

  it('holds what runs, and nothing else', async () => {
    const archive = path.join(home.appFolder, 'resources', 'app.asar');
    const files = listPackage(archive, { isPack: false });
    const packages = new Set(files.flatMap((file) => /^\/node_modules\/(@[^/]+\/[^/]+|[^/@]+)/.exec(file)?.[1] ?? []));
    expect([...packages].sort()).toEqual([
      `@lydell/node-pty-${process.platform}-${process.arch}`,
      'better-sqlite3',
      'node-pty',
      'swagger-ui-dist',
    ]);
    expect(files.filter((file) => /\.(ts|tsx|map|c|cpp|h|test\.js)$/.test(file))).toEqual([]);
    expect(await readFile(path.join(home.appFolder, 'resources', 'LICENSE.txt'), 'utf8')).toContain('MIT License');
  });

  it('has its fuses set', async () => {
    expect(await fusesOf(home.program)).toEqual({
      runAsNode: '1',
      cookieEncryption: '0',
      nodeOptions: '0',
      nodeCliInspect: '0',
      asarIntegrity: '1',
      onlyLoadAppFromAsar: '1',
      browserProcessSnapshot: '0',
      grantFileProtocolExtraPrivileges: '0',
    });
    await expect(access(home.intruded)).rejects.toThrow();
  });

  it('runs as an ordinary user, and its window in the sandbox', async () => {
    expect(await statusOf(app.pid, 'Uid')).not.toMatch(/^0\b/);
    const all = await Promise.all((await home.processes()).map(async (pid) => ({ pid, words: await commandOf(pid) })));
    expect(all.filter(({ words }) => words.some((word) => /^--(no-sandbox|disable-.*sandbox)/.test(word)))).toEqual([]);
    const renderers = all.filter(({ words }) => words.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    // 2 is SECCOMP_MODE_FILTER of the kernel.
    for (const { pid } of renderers) expect(await statusOf(pid, 'Seccomp')).toBe('2');
  });

  it('shows a project’s task on the board while the demo agent does it to the end', async () => {
    const { client, page } = app;
    await page.waitForSelector('#root > *', { state: 'attached' });
    const { id: projectId } = await client.projects.add({ path: home.repository });
    const gate = await createTaskGate(path.dirname(home.repository));
    const { id: taskId } = await client.tasks.create({
      projectId,
      goal: `Greet the packed world\n${gate.directive}`,
      items: [{ text: 'Write a greeting' }],
      agent: { agent: 'demo' },
      start: true,
    });
    const agent = await until(async () => {
      for (const pid of await home.processes()) {
        if ((await commandOf(pid)).some((word) => word.endsWith('demo-agent.js'))) return pid;
      }
      return null;
    }, 'the agent');
    const environment = (await readFile(`/proc/${agent}/environ`, 'utf8')).split('\0');
    const found = environment.find((entry) => entry.startsWith('PATH='))?.slice('PATH='.length);
    await access(path.join(String(found?.split(':')[0]), 'drover'));

    await until(
      () => page.evaluate(() => document.body.innerText.includes('Greet the packed world')),
      'the task on the board',
    );
    await gate.open('1');
    const task = await until(async () => {
      const { task } = await client.tasks.get({ taskId });
      return isUnsettled(task.status) ? null : task;
    }, 'the end of the task');
    expect(task.status).toBe('completed');
  });

  it('brings the drover command, the page of the API and everybody’s licences', async () => {
    expect(await home.command(['resources/bin/drover', 'task', 'list'])).toContain('Greet the packed world');
    const headers = { authorization: `Bearer ${app.token}` };
    for (const file of ['', '/swagger-ui.css', '/swagger-ui-bundle.js', '/favicon-32x32.png']) {
      expect((await fetch(`${app.address}/api/docs${file}`, { headers })).status).toBe(200);
    }
    const licences = await app.page.evaluate(async () => (await fetch('/licences.json')).json());
    expect(licences.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['drover', 'react']));
  });

  it('quits in good order and leaves no process', async () => {
    expect(await app.quit()).toBe(0);
    await until(async () => (await home.processes()).length === 0, 'the end of all its processes');
    await expect(access(path.join(home.dataFolder, 'endpoint.json'))).rejects.toThrow();
  });
});
