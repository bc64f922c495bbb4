import { expect, test } from 'vitest';
import { withLoopback, withoutProxyForLoopback } from './no-proxy.ts';

test.each([
  ['', '127.0.0.1,localhost,::1'],
  ['corp.test', 'corp.test,127.0.0.1,localhost,::1'],
  ['corp.test, 10.0.0.0/8,', 'corp.test, 10.0.0.0/8,127.0.0.1,localhost,::1'],
  ['localhost corp.test', 'localhost corp.test,127.0.0.1,::1'],
  ['::1,127.0.0.1,localhost', '::1,127.0.0.1,localhost'],
  ['*', '*'],
  ['localhost.corp.test', 'localhost.corp.test,127.0.0.1,localhost,::1'],
])('the list “%s” gets this machine at its end', (before, after) => {
  expect(withLoopback(before)).toBe(after);
});

test('both spellings are set, and neither loses what only the other had', () => {
  const here = ',127.0.0.1,localhost,::1';
  expect(withoutProxyForLoopback({ no_proxy: 'a' })).toEqual({ NO_PROXY: `a${here}`, no_proxy: `a${here}` });
  expect(withoutProxyForLoopback({ NO_PROXY: 'b' })).toEqual({ NO_PROXY: `b${here}`, no_proxy: `b${here}` });
  const both = withoutProxyForLoopback({ NO_PROXY: 'b', no_proxy: 'a', HTTPS_PROXY: 'http://proxy.test' });
  expect(both).toEqual({ NO_PROXY: `b${here}`, no_proxy: `a${here}`, HTTPS_PROXY: 'http://proxy.test' });
});
