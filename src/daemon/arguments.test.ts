import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

test('everything has a default', () => {
  expect(readArguments([])).toEqual({ ok: true, value: { data: null, port: null, json: false, background: false } });
  expect(readArguments(['--data', '/d x', '--port=0', '--json', '--background'])).toEqual({
    ok: true,
    value: { data: '/d x', port: 0, json: true, background: true },
  });
});

test.each([
  [['--prot', '1'], "Unknown option '--prot'. There are --data <folder>, --port <number> and --json."],
  [['--port', 'x'], '--port must be a number from 0 to 65535, not “x”.'],
  [['--port', '65536'], '--port must be a number from 0 to 65535, not “65536”.'],
  [['--port', '1e3'], '--port must be a number from 0 to 65535, not “1e3”.'],
  [['--port='], '--port must be a number from 0 to 65535, not “”.'],
  [['--data'], expect.stringMatching(/^Option '--data <value>' argument missing\. There are/)],
  [['serve'], expect.stringMatching(/^Unexpected argument 'serve'\. There are/)],
])('%j gets a sentence', (args, message) => {
  expect(readArguments(args)).toEqual({ ok: false, rejection: { code: 'invalid', message } });
});
