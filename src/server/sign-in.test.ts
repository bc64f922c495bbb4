import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createTempFolder } from '../../test/support/temp.ts';
import { createSignIn } from './sign-in.ts';

test('a ticket is good for two minutes', () => {
  let now = 0;
  const signIn = createSignIn({ now: () => now });
  const [early, late] = [signIn.newTicket(), signIn.newTicket()];
  now = 120_000;
  const session = signIn.redeem(early);
  expect(session).not.toBeNull();
  expect(signIn.knows(session ?? '')).toBe(true);
  now = 120_001;
  expect(signIn.redeem(late)).toBeNull();
});

test('tickets and sessions do not pile up: the oldest give way', () => {
  const signIn = createSignIn();
  const first = signIn.newTicket();
  for (let i = 0; i < 20; i += 1) signIn.newTicket();
  expect(signIn.redeem(first)).toBeNull();
  const sessions = Array.from({ length: 101 }, () => signIn.redeem(signIn.newTicket()) ?? '');
  expect(sessions.map(signIn.knows)).toEqual([false, ...Array(100).fill(true)]);
});

test('a kept session outlives the server, is no secret on disk, and ends after 30 days', async () => {
  const folder = await createTempFolder();
  try {
    const file = path.join(folder.path, 'sessions.json');
    let now = 0;
    const first = createSignIn({ now: () => now, file });
    const session = first.redeem(first.newTicket()) ?? '';
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(session);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(createSignIn({ now: () => now, file }).knows(session)).toBe(true);
    expect(createSignIn({ now: () => now, file }).knows(Object.keys(JSON.parse(text))[0] ?? '')).toBe(false);
    now += 31 * 24 * 60 * 60_000;
    expect(createSignIn({ now: () => now, file }).knows(session)).toBe(false);
    await writeFile(file, 'damaged');
    expect(createSignIn({ now: () => 0, file }).knows(session)).toBe(false);
  } finally {
    await folder.remove();
  }
});
