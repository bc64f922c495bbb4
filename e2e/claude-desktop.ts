import type { LoggedEvent } from '../src/contract/task/events.ts';
import type { Task, TaskSpec } from '../src/contract/task/state.ts';
import { claudeEnvironment, claudeProgram } from '../test/support/claude.ts';
import type { Scenario } from '../test/support/scripted-api/scenario.ts';
import { type ScriptedApi, startScriptedApi } from '../test/support/scripted-api/server.ts';
import { createTempFolder } from '../test/support/temp.ts';
import { until } from '../test/support/until.ts';
import { createDesktopHome, type DesktopApp, type DesktopHome } from './desktop-app.ts';

/** A home of the desktop app whose agent is the real Claude Code, with a scripted model and an empty HOME. */
export interface ClaudeDesktop {
  home: DesktopHome;
  api: ScriptedApi;
  /** Makes a task of Claude Code for the sample project and starts it. */
  createTask(app: DesktopApp, spec: Partial<TaskSpec> & { goal: string }): Promise<Task>;
  remove(): Promise<void>;
}

const PERSON = {
  GIT_AUTHOR_NAME: 'Agent',
  GIT_AUTHOR_EMAIL: 'agent@example.invalid',
  GIT_COMMITTER_NAME: 'Agent',
  GIT_COMMITTER_EMAIL: 'agent@example.invalid',
};

export async function createClaudeDesktop(scenario: Scenario): Promise<ClaudeDesktop> {
  const folder = await createTempFolder();
  const api = await startScriptedApi(scenario);
  const env = claudeEnvironment({
    program: await claudeProgram(),
    home: folder.path,
    baseUrl: api.baseUrl,
    extra: { CLAUDE_CODE_TMPDIR: folder.path, ...PERSON },
  });
  const home = await createDesktopHome({ env });
  return {
    home,
    api,
    async createTask({ client }, spec) {
      const [project] = await client.projects.list();
      const { id: projectId } = project ?? (await client.projects.add({ path: home.repository.path }));
      return client.tasks.create({ projectId, agent: { agent: 'claude' }, start: true, ...spec });
    },
    async remove() {
      await home.remove();
      await api.stop();
      await folder.remove();
    },
  };
}

/** The task, once it has ended. */
export function settled({ client }: DesktopApp, taskId: string): Promise<Task> {
  return until(async () => {
    const { task } = await client.tasks.get({ taskId });
    return ['completed', 'failed', 'cancelled'].includes(task.status) && task;
  }, 'the task to end');
}

/** All that is in the log of a task, from its beginning. */
export async function logOf({ client }: DesktopApp, taskId: string): Promise<LoggedEvent[]> {
  const all: LoggedEvent[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: { events: LoggedEvent[]; nextAfter: number | null } = await client.tasks.log({
      taskId,
      after,
      limit: 1000,
    });
    all.push(...page.events);
    after = page.nextAfter;
  }
  return all;
}
