import type { Agent } from '../../../../contract/agent/state.ts';
import type { Task } from '../../../../contract/task/state.ts';
import type { DraftFile } from '../../attachments/attach.logic.ts';

/** Files that were kept as JSON text; none where that is anything else. */
export function readFiles(kept: string | null): DraftFile[] {
  try {
    const value: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(value) ? value.filter(isFile) : [];
  } catch {
    return [];
  }
}

function isFile(value: unknown): value is DraftFile {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, bytes, thumb } = value as Partial<Record<keyof DraftFile, unknown>>;
  const isThumb = thumb === null || (typeof thumb === 'string' && thumb.startsWith('data:image/'));
  return typeof id === 'string' && typeof name === 'string' && typeof bytes === 'number' && isThumb;
}

/** Whether the agent of a task is shown images; else it is given their paths. True while that is not known. */
export function showsImages({ agent }: Pick<Task, 'agent'>, agents: readonly Agent[]): boolean {
  const { capabilities } = agents.find(({ name }) => name === agent.agent) ?? {};
  if (capabilities === undefined) return true;
  return capabilities.images && !(agent.way === 'terminal' && capabilities.terminal);
}
