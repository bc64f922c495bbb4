import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, startTestServer, type TestServer } from '../../test/support/loopback.ts';
import { createTempFolder } from '../../test/support/temp.ts';

let server: TestServer;
let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  folder = await createTempFolder();
  const pages = path.join(folder.path, 'pages');
  await mkdir(path.join(pages, 'assets'), { recursive: true });
  await writeFile(path.join(pages, 'index.html'), '<!doctype html>hello');
  await writeFile(path.join(pages, 'assets', 'a b.js'), 'run()');
  await writeFile(path.join(pages, 'assets', 'a.js.map'), 'map');
  await writeFile(path.join(pages, 'assets', 'index-B_Qka3VW.css'), 'a{}');
  await writeFile(path.join(folder.path, 'secret.txt'), 'secret');
  await writeFile(path.join(folder.path, 'pages-secret.txt'), 'secret');
  await symlink(path.join(folder.path, 'secret.txt'), path.join(pages, 'link.txt'));
  server = await startTestServer({ staticFolder: pages });
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

test('the window is served with a strict policy, to whoever is signed in', async () => {
  const index = await ask(server, '/');
  expect([index.status, index.text, index.headers['content-type']]).toEqual([
    200,
    '<!doctype html>hello',
    'text/html; charset=utf-8',
  ]);
  expect(index.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' /);
  expect((await ask(server, '/assets/a%20b.js')).text).toBe('run()');
  expect((await ask(server, '/', { token: null })).status).toBe(401);
});

test('a browser keeps only what is named by what it holds', async () => {
  const kept = async (pathname: string) => (await ask(server, pathname)).headers['cache-control'];
  expect(await kept('/assets/index-B_Qka3VW.css')).toBe('private, max-age=31536000, immutable');
  for (const other of ['/', '/assets/a%20b.js', '/assets/gone-B_Qka3VW.js']) expect(await kept(other)).toBe('no-store');
});

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/..%5csecret.txt',
  '/../pages-secret.txt',
  '/link.txt',
  '/assets',
  '/assets/a.js.map',
  '/assets/a.js%00.html',
  '/%',
  '//etc/passwd',
  '/missing.js',
])('%s is not served', async (pathname) => {
  const answer = await ask(server, pathname);
  expect([answer.status, answer.json().code]).toEqual([404, 'not-found']);
});

test('without a window, / leads to the page of the API', async () => {
  const bare = await startTestServer();
  const answer = await ask(bare, '/');
  await bare.close();
  expect([answer.status, answer.headers.location]).toEqual([303, '/api/docs']);
});
