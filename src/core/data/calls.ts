import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DataDescription } from '../../contract/data/state.ts';
import { accept } from '../../contract/rejection.ts';
import { folderSize, sizeOf } from '../base/folder-size.ts';
import type { CoreApi } from '../core-api.ts';
import { looksWhole } from '../db/copies.ts';
import type { Db } from '../db/open.ts';
import { backUp } from './back-up.ts';

/** What is looked at before the size of all workspaces is not told. */
const MOST_ENTRIES = 5000;
/** An earlier Drover that was killed in the middle of one left it under this name. */
const BEFORE_MIGRATION = /^drover-schema-/;
const BACKUP = /\.(db|sqlite)$/;

interface Deps {
  db: Db;
  /** Absolute, and the file of the database in it. */
  dataFolder: string;
  file: string;
  now(): number;
  /** Bytes of the files given with goals. */
  attachments(): number;
  /** How many workspaces there are. */
  workspaces(): number;
}

/** The calls of the contract on the data folder. */
export function createDataCalls(deps: Deps): CoreApi['data'] {
  const { db, dataFolder, file } = deps;
  const backups = path.join(dataFolder, 'backups');

  async function listBackups(): Promise<DataDescription['backups']> {
    const names = await readdir(backups).catch(() => []);
    const found = await Promise.all(
      names
        .filter((name) => BACKUP.test(name))
        .map(async (name) => {
          const at = path.join(backups, name);
          const seen = await stat(at).catch(() => null);
          return seen?.isFile() && (!BEFORE_MIGRATION.test(name) || (await looksWhole(at, seen.size)))
            ? [{ path: at, bytes: seen.size, at: Math.round(seen.mtimeMs) }]
            : [];
        }),
    );
    return found.flat().sort((a, b) => b.at - a.at);
  }

  return {
    async describe() {
      const count = deps.workspaces();
      const parts = await Promise.all([file, `${file}-wal`, `${file}-shm`].map(sizeOf));
      return accept({
        folder: dataFolder,
        database: parts.reduce((sum, bytes) => sum + bytes, 0),
        attachments: deps.attachments(),
        logs: (await folderSize(path.join(dataFolder, 'logs'), MOST_ENTRIES)) ?? 0,
        workspaces: { count, bytes: await folderSize(path.join(dataFolder, 'workspaces'), MOST_ENTRIES) },
        backups: await listBackups(),
      });
    },
    backUp: () => backUp(db, backups, new Date(deps.now())),
  };
}
