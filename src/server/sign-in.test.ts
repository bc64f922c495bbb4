import { expect, test } from 'vitest';
import { createSignIn } from './sign-in.ts';

test('a ticket is good for two minutes', () => {
  let now = 0;
  const signIn = createSignIn(() => now);
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
