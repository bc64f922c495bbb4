import type { Task, TaskSpec } from '../../../../contract/task/state.ts';
import { landedWords, whereWords } from '../../../../contract/words/workspace.ts';
import type { WorkspaceDetail } from '../../../../contract/workspace/state.ts';

/** Whether nothing but what a person typed would be lost: then it can be put back, and need not be asked about. */
export function isOnlyADraft(task: Task): boolean {
  if (task.status !== 'draft' || task.runCount > 0 || task.workspace !== null) return false;
  if (task.messages.length > 0 || task.attachments.length > 0) return false;
  return task.items.every(({ status, notes }) => status === 'pending' && notes.length === 0);
}

/** What makes a draft once more. */
export function specOf(task: Task): TaskSpec {
  const { goal, title, projectId, base, agent, autonomy, limits, checks } = task;
  const items = task.items.map(({ text, check }) => ({ text, check }));
  return { goal, title, projectId, base, agent, autonomy, limits, checks, items };
}

export interface Going {
  /** What is deleted and what stays, in the words of a list. */
  goes: string[];
  stays: string[];
}

/** What deleting a task means, to the point. `remove`: its workspaces go too. */
export function whatGoes(
  task: Pick<Task, 'items' | 'runCount'>,
  workspaces: readonly WorkspaceDetail[],
  remove: boolean,
): Going {
  const { items, runCount } = task;
  const goes = [
    ['the task', items.length > 0 && `its checklist of ${items.length}`, runCount > 0 && `the log of ${runs(runCount)}`]
      .filter(Boolean)
      .join(', '),
  ];
  const stays: string[] = [];
  for (const workspace of workspaces) {
    const { state, path, branch, baseBranch, uncommitted, ahead, landed } = workspace;
    if (state === 'removed') {
      stays.push(`the branch ${branch}, if it is still there`);
      continue;
    }
    const files = uncommitted > 0 ? `${count(uncommitted, 'file')} not committed` : '';
    const where = landed ? ` (${landedWords(landed)})` : '';
    const commits = ahead > 0 ? `${count(ahead, 'commit')}${where}` : '';
    if (!remove) {
      const work = [commits, files].filter(Boolean).join(' and ');
      stays.push(`the folder ${path} and its branch ${branch}${work ? `, with ${work}` : ''}`);
    } else {
      goes.push(`the folder ${path}, with what git ignores in it`);
      const first = files ? `; what is not committed (${count(uncommitted, 'file')}) is committed to it first` : '';
      if (commits || files || branch === baseBranch)
        stays.push(`the branch ${branch}${commits ? `, with ${commits}` : ''}${first}`);
      else goes.push(`the branch ${branch}, which nothing was committed to`);
    }
    stays.push(...whereWords(workspace));
  }
  return { goes, stays };
}

function runs(many: number): string {
  return many === 1 ? 'its run' : `its ${many} runs`;
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
