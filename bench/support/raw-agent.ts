import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type FromAgent, TOKEN_VARIABLE, type ToAgent } from '../../src/core/backends/demo/agent/protocol.ts';
import type { Scope } from '../../src/core/base/scope.ts';
import type { ToolsServer } from '../../test/support/tools-server.ts';
import { DEMO_AGENT } from './daemon.ts';

export interface RawAgentOptions {
  cwd: string;
  env: Record<string, string>;
  tools: ToolsServer;
  stateFolder: string;
  prompt: string;
  scope: Scope;
}

/**
 * The demo agent without Drover: started, given one prompt, ended once it has answered. Returns the milliseconds from
 * the start of the process to its answer.
 */
export async function runRawAgent(options: RawAgentOptions): Promise<number> {
  const { cwd, env, tools, stateFolder, prompt, scope } = options;
  const began = performance.now();
  const child = spawn(process.execPath, [DEMO_AGENT], {
    cwd,
    env: { ...env, [TOKEN_VARIABLE]: tools.token },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  scope.add(() => void child.kill('SIGKILL'));
  const send = (message: ToAgent) => void child.stdin.write(`${JSON.stringify(message)}\n`);
  send({
    type: 'open',
    open: {
      sessionId: randomUUID(),
      resume: false,
      model: null,
      autonomy: 'auto',
      trusted: false,
      toolsUrl: tools.url,
      stateFolder,
    },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const message: FromAgent = JSON.parse(line);
    if (message.type === 'opened') send({ type: 'prompt', text: prompt });
    if (message.type !== 'result') continue;
    if (message.result.result !== 'ok') throw new Error(`The raw agent failed: ${line}`);
    break;
  }
  const took = performance.now() - began;
  child.kill('SIGKILL');
  await gone;
  return took;
}
