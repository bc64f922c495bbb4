import { describe, expect, test } from 'vitest';
import type { Probe } from '../../contract/agent/state.ts';
import type { Backend } from '../backends/backend.ts';
import { createPassiveBackend } from '../backends/passive/backend.ts';
import { createAgents } from './agents.ts';

function counting(answer: () => Promise<Probe>): Backend & { probes: number } {
  const backend = {
    ...createPassiveBackend(),
    name: 'counting',
    probes: 0,
    probe() {
      backend.probes += 1;
      return answer();
    },
  };
  return backend;
}

describe('agents', () => {
  test('lists one agent per backend, in the order of the registry', () => {
    const agents = createAgents({ backends: [counting(createPassiveBackend().probe), createPassiveBackend()] });
    expect(agents.list().map((agent) => [agent.name, agent.backend, agent.model, agent.effort])).toEqual([
      ['counting', 'counting', null, null],
      ['passive', 'passive', null, null],
    ]);
  });

  test('looks at the program afresh, but not twice within five seconds', async () => {
    let time = 0;
    const backend = counting(createPassiveBackend().probe);
    const agents = createAgents({ backends: [backend], now: () => time });
    const first = await agents.get('counting');
    expect(first.ok && first.value.probe.available).toBe(true);
    time = 4_999;
    await agents.get('counting');
    expect(backend.probes).toBe(1);
    time = 5_000;
    await agents.get('counting');
    expect(backend.probes).toBe(2);
  });

  test('a failed look is not kept', async () => {
    let failing = true;
    const backend = counting(() => (failing ? Promise.reject(new Error('broken')) : createPassiveBackend().probe()));
    const agents = createAgents({ backends: [backend], now: () => 0 });
    await expect(agents.get('counting')).rejects.toThrow('broken');
    failing = false;
    expect((await agents.get('counting')).ok).toBe(true);
  });

  test('an unknown name says which names there are', async () => {
    const agents = createAgents({ backends: [createPassiveBackend()] });
    expect(await agents.get('nobody')).toEqual({
      ok: false,
      rejection: {
        code: 'not-found',
        message: 'There is no agent named “nobody”. There are: passive.',
        allowed: ['passive'],
      },
    });
    expect(agents.backendOf('nobody')).toBe(null);
    expect(agents.backendOf('passive')?.name).toBe('passive');
  });
});
