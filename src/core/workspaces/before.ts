import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '../db/open.ts';
import type { Status } from '../git/status.ts';

/** So many files that were there before are remembered; those beyond count as the agent's. */
const MOST_FILES = 20_000;

/** What was changed or untracked in a workspace before the agent began: copied files, and what set-up commands made. */
export interface Before {
  /** Remembers the files that `status` names, as they are now. */
  remember(workspaceId: string, path: string, status: Status): Promise<void>;
  /** Of the files that `status` names, those that are still as they were before the agent began. */
  unchanged(workspaceId: string, path: string, status: Status): Promise<ReadonlySet<string>>;
}

export function createBefore(db: Db): Before {
  const read = db.prepare<[string], { files: string }>('SELECT files FROM workspace_before WHERE workspace_id = ?');
  const write = db.prepare<[string, string]>('INSERT OR REPLACE INTO workspace_before VALUES (?, ?)');
  return {
    async remember(workspaceId, path, status) {
      const marks: Record<string, string> = {};
      for (const file of filesOf(status).slice(0, MOST_FILES)) marks[file] = await markOf(join(path, file));
      write.run(workspaceId, JSON.stringify(marks));
    },
    async unchanged(workspaceId, path, status) {
      const row = read.get(workspaceId);
      const same = new Set<string>();
      if (!row || row.files === '{}') return same;
      const marks = new Map(Object.entries(JSON.parse(row.files) as Record<string, string>));
      for (const file of filesOf(status)) {
        const mark = marks.get(file);
        if (mark !== undefined && mark === (await markOf(join(path, file)))) same.add(file);
      }
      return same;
    },
  };
}

function filesOf({ changed, untracked }: Status): string[] {
  return [...changed, ...untracked];
}

/** Another one whenever a file was written since. */
async function markOf(file: string): Promise<string> {
  const stat = await lstat(file).catch(() => null);
  return stat === null ? 'gone' : `${stat.mode} ${stat.size} ${stat.mtimeMs}`;
}
