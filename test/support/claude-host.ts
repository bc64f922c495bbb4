import path from 'node:path';
import type { TaskSpec } from '../../src/contract/task/state.ts';
import type { CoreOptions } from '../../src/core/core.ts';
import { claudeEnvironment, claudeProgram } from './claude.ts';
import { createHost, must, type TestHost, USER } from './host.ts';
import type { Scenario } from './scripted-api/scenario.ts';
import { type ScriptedApi, startScriptedApi } from './scripted-api/server.ts';
import { createTempFolder } from './temp.ts';

/** A whole host whose agent is the real Claude Code, with a scripted model and an empty HOME. */
export interface ClaudeHost {
  readonly drover: TestHost;
  readonly api: ScriptedApi;
  readonly home: string;
  /** Starts a task of Claude Code; `at` gives a path in its workspace, for steps that are made when they are played. */
  start(spec?: Partial<TaskSpec>): Promise<{ id: string; at(name: string): string }>;
  remove(): Promise<void>;
}

export async function createClaudeHost(
  scenario: (at: (name: string) => string) => Scenario,
  options: Partial<CoreOptions> & { files?: Record<string, string> } = {},
): Promise<ClaudeHost> {
  const home = await createTempFolder();
  let workspace = '';
  const at = (name: string) => path.join(workspace, name);
  const api = await startScriptedApi(scenario(at));
  const env = claudeEnvironment({
    program: await claudeProgram(),
    home: home.path,
    baseUrl: api.baseUrl,
    extra: { DROVER_LOGIN_ENV: '0', TMPDIR: home.path, CLAUDE_CODE_TMPDIR: home.path },
  });
  const drover = await createHost({ env, ...options });
  return {
    drover,
    api,
    home: home.path,
    async start(spec = {}) {
      const task = { goal: 'Go.', agent: { agent: 'claude' }, autonomy: 'ask' as const, ...spec };
      const { id } = await drover.create(task, false);
      const ready = drover.event(id, 'workspace.ready').then((event) => {
        workspace = event.path;
      });
      must(await drover.core.api.tasks.start({ taskId: id }, USER));
      await ready;
      return { id, at };
    },
    async remove() {
      await drover.remove();
      await api.stop();
      await home.remove();
    },
  };
}
