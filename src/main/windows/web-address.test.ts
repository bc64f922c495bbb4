import { expect, test } from 'vitest';
import { isWebAddress } from './web-address.ts';

test('https and ports of this machine are opened in the browser, and nothing else', () => {
  for (const address of ['https://example.invalid/page', 'http://127.0.0.1:3000/', 'http://[::1]:3000/'])
    expect(isWebAddress(address), address).toBe(true);
  for (const address of [
    'http://example.invalid/',
    'http://127.0.0.1.example.invalid/',
    'http://192.168.1.5:3000/',
    'file:///etc/passwd',
    'javascript:1',
    'ssh://127.0.0.1',
    '',
  ])
    expect(isWebAddress(address), address).toBe(false);
});
