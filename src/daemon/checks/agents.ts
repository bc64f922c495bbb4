import * as z from 'zod';
import { type Probe, probe as probeShape } from '../../contract/agent/state.ts';
import type { Backend } from '../../core/backends/backend.ts';
import { askHost, runningHost } from './ask-host.ts';
import { type Check, type Finding, note, ok } from './check.ts';

const answer = z.object({ probe: probeShape });

/**
 * One line for every agent that is a program of its own: a machine without any of them still runs the demo. Where a
 * Drover runs, it is what that one finds, since its tasks are started by it; what this terminal would find comes second.
 */
export function agentChecks(backends: readonly Backend[]): Check[] {
  return backends
    .filter((backend) => backend.capabilities.process)
    .map((backend) => ({
      name: backend.name,
      async look({ dataFolder }) {
        const host = await runningHost(dataFolder);
        const [theirs, own] = await Promise.all([
          host && askHost(host, `/api/agents/${encodeURIComponent(backend.name)}`, answer),
          backend.probe(),
        ]);
        if (!theirs) return describe(own);
        const found = describe(theirs.probe);
        if (theirs.probe.available || !own.available) return found;
        return { ...found, words: `${found.words} From this terminal it is found at ${own.program}.` };
      },
    }));
}

function describe({ available, program, why, version, login, problem, hint }: Probe): Finding {
  if (!available) return note(problem ?? 'not found', hint);
  const state = { yes: ', logged in', no: ', not logged in', unknown: ', login unknown', 'not-needed': '' }[login];
  const place = [program, why].filter(Boolean).join(', ');
  const words = `${version ?? 'unknown version'}${place ? ` at ${place}` : ''}${state}`;
  return problem === null && login !== 'no' ? ok(words) : note(problem ? `${words}: ${problem}` : words, hint);
}
