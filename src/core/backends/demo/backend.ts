import { access } from 'node:fs/promises';
import type { Probe } from '../../../contract/agent/state.ts';
import { startProcess } from '../../process/start-process.ts';
import { type Backend, BackendFailure, type SessionOptions } from '../backend.ts';
import { DEMO_VERSION, TOKEN_VARIABLE } from './agent/protocol.ts';
import { createDemoSession } from './session.ts';
import { callOf } from './tool-call.ts';

export interface DemoBackendDeps {
  /** Absolute path of the demo agent's program, which this same Node runs. */
  agentProgram: string;
  /** Absolute path of the folder where sessions are kept, one small file each; made when needed. */
  stateFolder: string;
}

/**
 * A scripted agent that needs no account: a real process that edits files, commits and calls the tools. What it does is
 * chosen by a line such as `demo: slow ms=200` in the goal (see `agent/scenarios.ts`).
 */
export function createDemoBackend({ agentProgram, stateFolder }: DemoBackendDeps): Backend {
  const probe = async (): Promise<Probe> => {
    const problem = await access(agentProgram).then(
      () => null,
      () => `The demo agent’s program ${agentProgram} does not exist.`,
    );
    return {
      available: problem === null,
      program: agentProgram,
      version: DEMO_VERSION,
      login: 'not-needed',
      problem,
      hint: problem === null ? null : 'Build or install Drover again.',
    };
  };

  return {
    name: 'demo',
    title: 'Demo',
    builtIn: true,
    description: 'A scripted agent for trying Drover out; needs no account',
    capabilities: {
      process: true,
      resume: true,
      interrupt: true,
      approvals: true,
      mcp: true,
      terminal: false,
      steering: false,
      images: false,
      usage: true,
      clocked: true,
      models: [],
      efforts: [],
      resumeCommand: null,
    },
    callOf,
    probe,
    async open(options, signal) {
      const { problem, hint } = await probe();
      if (problem) throw new BackendFailure('missing', problem, hint);
      if (signal.aborted) throw new BackendFailure('aborted', 'Stopped before the agent was started.');
      const child = await startProcess({
        program: process.execPath,
        args: [agentProgram],
        cwd: options.cwd,
        env: environmentOf(options),
        marker: options.marker,
      }).catch((failure: Error) => {
        throw new BackendFailure('failed', failure.message);
      });
      options.report.started(child.identity, agentProgram, DEMO_VERSION);
      return createDemoSession(child, options, { stateFolder, signal });
    },
  };
}

/** `NODE_OPTIONS` are for the user's own Node programs; this one is ours. */
function environmentOf({ env, tools }: SessionOptions): Record<string, string> {
  const { NODE_OPTIONS, ...others } = env;
  return {
    ...others,
    [TOKEN_VARIABLE]: tools.token,
    ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
  };
}
