import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '../db/open.ts';
import type { Status } from '../git/status.ts';
import { isBelow } from './copied.ts';

/** So many files that were there before are remembered; those beyond count as the agent's. */
const MOST_FILES = 20_000;
/** At the end of the mark of a file that Drover copied from the project. */
const COPIED = ' copied';

/** What was changed or untracked in a workspace before the agent began: copied files, and what set-up commands made. */
export interface Before {
  /** Remembers the files that `status` names, as they are now; the untracked ones of `copied` as Drover's copies. */
  remember(workspaceId: string, path: string, status: Status, copied: readonly string[]): Promise<void>;
  /** Of the files that `status` names, those that are still as they were before the agent began. */
  unchanged(workspaceId: string, path: string, status: Status): Promise<ReadonlySet<string>>;
  /** Of the files that were remembered, those that Drover copied, changed since or not. */
  copied(workspaceId: string): ReadonlySet<string>;
}

export function createBefore(db: Db): Before {
  const read = db.prepare<[string], { files: string }>('SELECT files FROM workspace_before WHERE workspace_id = ?');
  const write = db.prepare<[string, string]>('INSERT OR REPLACE INTO workspace_before VALUES (?, ?)');
  const marksOf = (workspaceId: string) =>
    new Map(Object.entries(JSON.parse(read.get(workspaceId)?.files ?? '{}') as Record<string, string>));
  return {
    async remember(workspaceId, path, status, copied) {
      const marks: Record<string, string> = {};
      const untracked = new Set(status.untracked);
      for (const file of filesOf(status).slice(0, MOST_FILES)) {
        const isCopy = untracked.has(file) && isBelow(file, copied);
        marks[file] = `${await markOf(join(path, file))}${isCopy ? COPIED : ''}`;
      }
      write.run(workspaceId, JSON.stringify(marks));
    },
    async unchanged(workspaceId, path, status) {
      const same = new Set<string>();
      const marks = marksOf(workspaceId);
      if (marks.size === 0) return same;
      for (const file of filesOf(status)) {
        const mark = marks.get(file)?.replace(COPIED, '');
        if (mark !== undefined && mark === (await markOf(join(path, file)))) same.add(file);
      }
      return same;
    },
    copied: (workspaceId) => {
      const copies = new Set<string>();
      for (const [file, mark] of marksOf(workspaceId)) if (mark.endsWith(COPIED)) copies.add(file);
      return copies;
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
