import { readBeforeOpen } from '../db/read-before-open.ts';

/** The setting `desktop.background`, read from the file before a core is open; false where it cannot be read. */
export function worksInBackground(dataFolder: string): boolean {
  const read = "SELECT value FROM settings WHERE key = 'desktop.background'";
  // An update must not leave the background because the file is still of the version before.
  const row = readBeforeOpen(dataFolder, (db) => db.prepare<[], { value: string }>(read).get() ?? null, {
    ofAnyVersion: true,
  });
  return row?.value === 'true';
}
