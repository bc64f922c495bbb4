import path from 'node:path';
import type { Rule } from '../../../contract/approval/rule.ts';
import type { Project } from '../../../contract/project/state.ts';
import type { Task } from '../../../contract/task/state.ts';
import type { AgentFiles } from '../../base/agent-files.ts';
import { isWithin } from '../../base/is-within.ts';
import { networkMounts } from '../../base/network-mounts.ts';
import { defaultBranch } from '../../git/default-branch.ts';
import { namesIn, realPathBeside, realPathOf } from '../shell/paths.ts';
import type { JudgeContext } from './judge.ts';

interface Deps {
  /** Absolute. */
  dataFolder: string;
  home: string;
  /** The files of agents' programs. */
  agents: readonly AgentFiles[];
  /** Enabled rules whose scope covers the task. */
  rulesFor(task: { taskId: string; projectId: string }): readonly Rule[];
  project(projectId: string): Project | null;
  /** Folders at which something from the network is mounted: they are not looked at. Left out: as the system says. */
  mounts?(): readonly string[];
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

export function createJudgeContexts(deps: Deps): JudgeContexts {
  const { agents, rulesFor, project, mounts = networkMounts } = deps;
  const real = (folder: string) => realPathOf(folder) ?? folder;
  const dataFolder = real(deps.dataFolder);
  const home = real(deps.home);
  const branches = new Map<string, string | null>();
  return {
    async prepare({ id, path: folder }) {
      // Not known is safe: then any branch may be it.
      branches.set(id, await defaultBranch(folder).catch(() => null));
    },
    of({ id, projectId, autonomy, attachments = [] }, at) {
      const workspace = real(at);
      // What Drover works in has to be there anyway.
      const far = mounts().filter((mount) => ![workspace, dataFolder, home].some((own) => isWithin(mount, own)));
      return {
        dataFolder,
        home,
        agents,
        realpath: (file) => realPathBeside(far, file),
        names: (folder) => (far.some((mount) => isWithin(mount, folder)) ? [] : namesIn(folder)),
        attachments: attachments.map((file) => path.dirname(file.path)),
        workspace,
        autonomy,
        defaultBranch: branches.get(projectId) ?? null,
        lifted: project(projectId)?.lifted ?? [],
        rules: rulesFor({ taskId: id, projectId }),
      };
    },
  };
}
