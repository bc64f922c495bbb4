import type { DataDescription } from '../../contract/data/state.ts';
import { bytes, dateTime, plural } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { fields } from './table.ts';
import type { View } from './view.ts';

/** Where the data is and how much space it takes. */
export function dataLines(view: View, data: DataDescription): string[] {
  const { workspaces, backups } = data;
  const size = workspaces.bytes === null ? 'too many files to measure' : bytes(workspaces.bytes);
  return fields(view, [
    ['Folder', safeLine(data.folder)],
    ['Database', bytes(data.database)],
    ['Attachments', bytes(data.attachments)],
    ['Logs', bytes(data.logs)],
    ['Workspaces', `${plural(workspaces.count, 'workspace')}, ${size}`],
    ['Backups', backups.map((one) => `${dateTime(one.at)}  ${bytes(one.bytes)}  ${safeLine(one.path)}`)],
  ]);
}
