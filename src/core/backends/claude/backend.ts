import { type Clock, createClock } from '../../base/clock.ts';
import { StartFailure } from '../../process/spawn-tree.ts';
import { type Backend, BackendFailure } from '../backend.ts';
import { locateClaude, probeClaude } from './probe.ts';
import { startSession } from './session.ts';

export interface ClaudeDeps {
  /** The user's environment, with the PATH of the login shell. */
  env(): Promise<Record<string, string>>;
  clock?: Clock;
  /**
   * How long a turn waits for background shells after the agent's answer, in milliseconds. Longer than most test
   * suites; not for ever, because a development server that was left running never ends.
   */
  backgroundWaitMs?: number;
}

/** Claude Code, as it is installed on this machine: one process per run, for all its turns. */
export function createClaudeBackend(deps: ClaudeDeps): Backend {
  const { clock = createClock(), backgroundWaitMs = 5 * 60_000 } = deps;
  return {
    name: 'claude',
    description: 'Claude Code by Anthropic, as installed on this machine',
    capabilities: {
      process: true,
      resume: true,
      interrupt: true,
      approvals: true,
      mcp: true,
      usage: true,
      clocked: true,
      models: [],
      efforts: ['low', 'medium', 'high', 'xhigh', 'max'],
    },
    probe: async () => probeClaude(await deps.env()),
    async open(options, signal) {
      const { program, before, version } = await locateClaude(options.env, { signal, marker: options.marker });
      try {
        return await startSession({ program, before, version, clock, backgroundWaitMs }, options, signal);
      } catch (error) {
        if (error instanceof StartFailure) throw new BackendFailure('failed', error.message);
        throw error;
      }
    },
  };
}
