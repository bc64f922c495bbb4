import { existsSync } from 'node:fs';
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createClock } from '../../src/core/base/clock.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';

const HEADERS = { authorization: 'Bearer test-token-of-the-user-0123456789', 'content-type': 'application/json' };

let drover: TestHost | null = null;
async function host(options?: Parameters<typeof createHost>[0]): Promise<TestHost> {
  drover = await createHost(options);
  return drover;
}
afterEach(async () => {
  await drover?.remove();
  drover = null;
});

test('a workspace is opened by the host where there is a screen, and only while it is there', async () => {
  const { core, address, dataFolder, ...rest } = await host();
  const { id } = await rest.create({ goal: 'demo: instant', items: [{ text: 'One' }] });
  await rest.settled(id);
  const post = async (route: string, body: object) => {
    const answer = await fetch(`${address}/api${route}`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  const open = (workspaceId: string) => post(`/workspaces/${workspaceId}/open`, { in: 'editor' });
  const folder = (workspaceId: string) => core.api.workspaces.folder({ workspaceId }, USER);
  const { path: at } = must(await core.api.workspaces.get({ workspaceId: `${id}-1` }, USER));
  expect(await folder(`${id}-1`)).toEqual({ ok: true, value: { folder: at } });
  expect(await open(`${id}-1`)).toMatchObject({
    code: 'unavailable',
    message: `Drover has no screen here to open ${at} on.`,
  });
  expect(await post('/data/open', {})).toMatchObject({
    code: 'unavailable',
    message: `Drover has no screen here to open ${dataFolder} on.`,
  });
  for (const asked of [open, folder]) expect(JSON.stringify(await asked(`${id}-2`))).toContain('not-found');
  must(await core.api.workspaces.remove({ workspaceId: `${id}-1` }, USER));
  for (const asked of [open, folder]) expect(JSON.stringify(await asked(`${id}-1`))).toContain('wrong-state');
});

test('branches of a project, its data described and backed up, over HTTP too', async () => {
  const { core, address, dataFolder, projectId, repository } = await host();
  await repository.git('branch', 'next');
  const headers = HEADERS;
  const branches = await fetch(`${address}/api/projects/${projectId}/branches?search=NEX&limit=5`, { headers });
  expect(await branches.json()).toMatchObject({
    branches: [{ name: 'next', kind: 'local', current: false }],
    more: false,
  });
  await mkdir(path.join(dataFolder, 'logs'), { recursive: true });
  const made = await fetch(`${address}/api/data/backups`, { method: 'POST', headers, body: '{}' });
  const backup = (await made.json()) as { path: string; bytes: number };
  expect(existsSync(backup.path)).toBe(true);
  expect(must(await core.api.data.describe(undefined, USER))).toMatchObject({
    folder: dataFolder,
    workspaces: { count: 0, bytes: 0 },
    backups: [{ path: backup.path, bytes: backup.bytes }],
  });
});

test('whatever Drover asks git, it asks the git that was chosen, and finds it again by its mark', async () => {
  const { core, dataFolder, projectId, ...rest } = await host();
  const asked = path.join(dataFolder, 'asked');
  const program = path.join(dataFolder, 'my-git');
  await writeFile(program, `#!/bin/sh\necho "$DROVER_GIT $*" >> '${asked}'\nexec git "$@"\n`, { mode: 0o755 });
  must(await core.api.settings.set({ key: 'git.program', value: [program] }, USER));
  const mark = await realpath(dataFolder);
  const told = async () => (await readFile(asked, 'utf8')).split('\n').slice(0, -1);

  must(await core.api.rules.try({ tool: 'Bash', text: 'git push', projectId }, USER));
  expect(await told()).toEqual([expect.stringMatching(/ symbolic-ref .*origin\/HEAD$/)]);

  const checks: [string, ...string[]][] = [
    ['sh', '-c', 'echo "$1 gone" >> "$2"; rm -rf "$PWD"; exit 1', 'sh', mark, asked],
  ];
  const { id } = await rest.create({ goal: 'demo: instant', items: [{ text: 'One' }], checks });
  expect((await rest.settled(id)).outcome?.words).toContain('The folder of the workspace no longer exists');
  const lines = await told();
  const after = lines.slice(lines.indexOf(`${mark} gone`) + 1);
  expect(after).toContainEqual(expect.stringMatching(/ show-ref --verify --hash /));
  expect(lines.filter((line) => !line.startsWith(`${mark} `))).toEqual([]);
});

test('files that no task took are forgotten at a start a day later', async () => {
  let offset = 0;
  const clock = createClock();
  const started = await host({ clock: { ...clock, now: () => clock.now() + offset } });
  const file = must(await started.core.api.attachments.add({ name: 'a.txt', base64: 'YQ==' }, USER));
  await started.reopen();
  expect(existsSync(file.path)).toBe(true);
  offset = 25 * 60 * 60 * 1000;
  await started.reopen();
  expect(existsSync(file.path)).toBe(false);
});
