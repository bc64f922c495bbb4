import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { describeBackendConformance, openWatched } from '../../../../test/support/backend-conformance.ts';
import { createPassiveBackend } from './backend.ts';

describeBackendConformance({
  name: 'the passive backend',
  create: async () => ({ backend: createPassiveBackend(), options: { settled: () => setImmediate() } }),
  prompts: { plain: 'Do it.' },
});

describe('the passive backend', () => {
  const never = () => new Promise<void>(() => {});

  test('a turn waits until no item is open any more', async () => {
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const { session } = await openWatched(createPassiveBackend(), { cwd: '/', settled: () => settled });
    const turn = session.prompt('Do it.');
    settle();
    expect(await turn).toMatchObject({ result: 'ok' });
  });

  test('a turn is interrupted, the watch on the checklist ends with it, and the next turn works', async () => {
    const signals: AbortSignal[] = [];
    const settled = (signal: AbortSignal) => {
      signals.push(signal);
      return signals.length === 1 ? never() : Promise.resolve();
    };
    const { session } = await openWatched(createPassiveBackend(), { cwd: '/', settled });
    const turn = session.prompt('Do it.');
    await session.interrupt();
    expect(await turn).toMatchObject({ result: 'interrupted', error: null });
    expect(signals[0]?.aborted).toBe(true);
    expect(await session.prompt('Do it.')).toMatchObject({ result: 'ok' });
    expect(signals[1]?.aborted).toBe(true);
  });

  test('a watch that breaks is an error of the turn', async () => {
    const settled = () => Promise.reject(new Error('gone'));
    const { session } = await openWatched(createPassiveBackend(), { cwd: '/', settled });
    expect(await session.prompt('Do it.')).toMatchObject({ result: 'error', error: { code: 'checklist-unwatched' } });
  });
});
