import { type Clock, createClock } from '../../base/clock.ts';
import type { ChosenProgram } from '../../process/locate-program.ts';
import { StartFailure } from '../../process/spawn-tree.ts';
import { type Backend, BackendFailure } from '../backend.ts';
import { refuseOpenElsewhere } from './open-elsewhere.ts';
import { locateClaude, probeClaude } from './probe.ts';
import { startSession } from './session.ts';
import { startTerminalSession } from './terminal/session.ts';
import { callOf } from './tool-call.ts';

export interface ClaudeDeps {
  /** The user's environment, with the PATH of the login shell. */
  env(): Promise<Record<string, string>>;
  /** What a person chose in the settings; null finds it. */
  program?: (() => ChosenProgram | null) | undefined;
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
    title: 'Claude Code',
    description: 'By Anthropic, as installed on this machine',
    capabilities: {
      process: true,
      resume: true,
      interrupt: true,
      approvals: true,
      mcp: true,
      terminal: true,
      steering: false,
      images: true,
      usage: true,
      clocked: true,
      // Names that stay while versions come and go.
      models: ['opus', 'sonnet', 'haiku'],
      efforts: ['low', 'medium', 'high', 'xhigh', 'max'],
      resumeCommand: ['claude', '--resume'],
    },
    callOf,
    probe: async () => probeClaude(await deps.env(), { chosen: deps.program?.() ?? null }),
    async open(options, signal) {
      const chosen = options.program ?? deps.program?.() ?? null;
      const located = await locateClaude(options.env, { chosen, signal, marker: options.marker });
      const { program, before, version } = located;
      if (options.resume) await refuseOpenElsewhere(options.env, options.sessionId);
      try {
        const start = options.terminal ? startTerminalSession : startSession;
        return await start({ program, before, version, clock, backgroundWaitMs }, options, signal);
      } catch (error) {
        if (error instanceof StartFailure) throw new BackendFailure('failed', error.message);
        throw error;
      }
    },
  };
}
