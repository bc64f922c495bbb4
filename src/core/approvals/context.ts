import path from 'node:path';
import type { Rule } from '../../contract/approval/rule.ts';
import type { Project } from '../../contract/project/state.ts';
import type { Task } from '../../contract/task/state.ts';
import type { AgentFiles } from '../base/agent-files.ts';
import { defaultBranch } from '../git/default-branch.ts';
import type { JudgeContext } from './judge.ts';
import { namesIn, realPathOf } from './shell/paths.ts';

interface Deps {
  /** Absolute. */
  dataFolder: string;
  home: string;
  /** The files of agents' programs. */
  agents: readonly AgentFiles[];
  /** Enabled rules whose scope covers the task. */
  rulesFor(task: { taskId: string; projectId: string }): readonly Rule[];
  project(projectId: string): Project | null;
}

/** What the tool calls of a task are judged by. */
export interface JudgeContexts {
  /** Looks at a project's repository; to be called before a run, because judging does not wait. */
  prepare(project: Project): Promise<void>;
  /** As it is now. `workspace` is where the agent works. */
  of(
    task: Pick<Task, 'id' | 'projectId' | 'autonomy'> & Partial<Pick<Task, 'attachments'>>,
    workspace: string,
  ): JudgeContext;
}

export function createJudgeContexts({ dataFolder, home, agents, rulesFor, project }: Deps): JudgeContexts {
  const real = (folder: string) => realPathOf(folder) ?? folder;
  const grounds = {
    dataFolder: real(dataFolder),
    home: real(home),
    agents,
    realpath: (file: string) => realPathOf(file),
    names: namesIn,
  };
  const branches = new Map<string, string | null>();
  return {
    async prepare({ id, path: folder }) {
      // Not known is safe: then any branch may be it.
      branches.set(id, await defaultBranch(folder).catch(() => null));
    },
    of: ({ id, projectId, autonomy, attachments = [] }, workspace) => ({
      ...grounds,
      attachments: attachments.map((file) => path.dirname(file.path)),
      workspace: real(workspace),
      autonomy,
      defaultBranch: branches.get(projectId) ?? null,
      lifted: project(projectId)?.lifted ?? [],
      rules: rulesFor({ taskId: id, projectId }),
    }),
  };
}
