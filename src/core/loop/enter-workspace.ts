import type { Project } from '../../contract/project/state.ts';
import { truncate } from '../../contract/text.ts';
import type { Patience } from '../db/patience.ts';
import { withGit } from '../git/git-context.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import type { ConductPorts } from './conduct.ts';
import { NotRecorded } from './held-events.ts';
import type { Recorder } from './recorder.ts';

interface Deps {
  recorder: Recorder;
  runId: string;
  project: Project;
  workspaces: Pick<Workspaces, 'get' | 'plan' | 'make' | 'open'>;
  signal: AbortSignal;
  /** The branch of what the task depends on, where it is to begin from that; null: from its base. */
  dependedOn: string | null;
  /** Waits while another program has the database locked. */
  patience: Patience;
}

const LOCKED_MS = 5 * 60_000;

/**
 * The workspace of a run: the one of the run before where the task goes on, a new one otherwise. The intent is recorded
 * before git makes anything, so that a crash in between leaves a workspace that Drover knows.
 */
export async function enterWorkspace({
  recorder,
  runId,
  project,
  workspaces,
  signal,
  dependedOn,
  patience,
}: Deps): ReturnType<ConductPorts['enterWorkspace']> {
  const task = recorder.task();
  let said: string | null = null;
  const options = {
    signal,
    marker: runId,
    doing(words: string) {
      if (words === said || signal.aborted) return;
      said = words;
      try {
        recorder.record({ type: 'phase.changed', runId, phase: 'starting', words: truncate(words, 200) });
      } catch (error) {
        // Only words; what matters is recorded where its failure is noticed.
        if (!(error instanceof NotRecorded)) throw error;
      }
    },
    warn: (code: string, words: string) =>
      recorder.record({ type: 'notice.recorded', runId, level: 'warning', code, words: truncate(words, 2000) }),
  };
  const before = task.workspace;
  const known = before ? workspaces.get(before.id) : null;
  if (before && known) {
    const opened = await patience(() => workspaces.open(before.id, project, options), LOCKED_MS);
    if (!opened.ok) return { ok: false, words: opened.rejection.message };
    const { id, path, branch, baseCommit } = opened.value;
    recorder.record({ type: 'workspace.ready', runId, workspaceId: id, path, branch, baseCommit, reused: true });
    return { ok: true };
  }
  const { onBranch } = task;
  const planFrom = (base: string | null) =>
    withGit({ signal }, () => workspaces.plan({ task, workspaceNo: task.workspaceCount + 1, project, base, onBranch }));
  let plan = await planFrom(dependedOn ?? task.base);
  if (!plan.ok && dependedOn !== null) {
    options.warn('branch-not-used', `It does not begin from the branch ${dependedOn}: ${plan.rejection.message}`);
    plan = await planFrom(task.base);
  }
  if (!plan.ok) return { ok: false, words: plan.rejection.message };
  const { workspaceId, branch, path } = plan.value;
  recorder.record({ type: 'workspace.requested', runId, workspaceId, branch, path });
  await recorder.written();
  const made = await patience(() => workspaces.make(plan.value, project, options), LOCKED_MS);
  if (!made.ok) return { ok: false, words: made.rejection.message };
  const { baseCommit } = made.value;
  recorder.record({ type: 'workspace.ready', runId, workspaceId, path, branch, baseCommit, reused: false });
  return { ok: true };
}
