import type { Backend } from '../../core/backends/backend.ts';
import { type Check, note, ok } from './check.ts';

/** One line for every agent that is a program of its own: a machine without any of them still runs the demo. */
export function agentChecks(backends: readonly Backend[]): Check[] {
  return backends
    .filter((backend) => backend.capabilities.process)
    .map((backend) => ({
      name: backend.name,
      async look() {
        const { available, program, version, login, problem, hint } = await backend.probe();
        if (!available) return note(problem ?? 'not found', hint);
        const state = { yes: ', logged in', no: ', not logged in', unknown: ', login unknown', 'not-needed': '' }[
          login
        ];
        const words = `${version ?? 'unknown version'}${program ? ` at ${program}` : ''}${state}`;
        return problem === null && login !== 'no' ? ok(words) : note(problem ? `${words}: ${problem}` : words, hint);
      },
    }));
}
