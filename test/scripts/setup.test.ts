import { expect, it } from 'vitest';
import { environmentWithoutNpm } from '../../scripts/lib/run.mjs';
import { problemWithNpm } from '../../scripts/setup.mjs';

it.each([
  [
    'npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error network This is a problem',
    /connect to the network/,
  ],
  ['npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED', /connect to the network/],
  ['npm error code ENOSPC\nnpm error nospc write', /The disk is full/],
  [
    'npm error code EACCES\nnpm error syscall mkdir\nnpm error Your cache folder contains root-owned files',
    /make .* writable/,
  ],
  ['npm error code EUSAGE\nnpm error\nnpm error Missing: a@1.0.0 from lock file', /npm install --ignore-scripts/],
  ['npm error code EINTEGRITY\nnpm error sha512-a integrity checksum failed', /sha512-a integrity checksum failed/],
  ['', /no reason given/],
])('says in one line what to do when npm fails with %j', (output, words) => {
  const line = problemWithNpm(output);
  expect(line).toMatch(words);
  expect(line).not.toContain('\n');
});

it('gives Drover the environment of the person, without what npm run adds', () => {
  const before = { ...process.env };
  try {
    Object.assign(process.env, {
      PATH: ['/a/node_modules/.bin', '/usr/lib/node-gyp-bin', '/usr/bin', '/opt/with space'].join(':'),
      npm_lifecycle_event: 'start',
      npm_config_registry: 'kept',
      INIT_CWD: '/a',
    });
    const env = environmentWithoutNpm();
    expect(env.PATH).toBe('/usr/bin:/opt/with space');
    expect(env.npm_config_registry).toBe('kept');
    expect(env).not.toHaveProperty('npm_lifecycle_event');
    expect(env).not.toHaveProperty('INIT_CWD');
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
});
