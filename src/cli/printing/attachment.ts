import type { Attachment } from '../../contract/attachment/state.ts';
import { bytes } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

/** Attachments as a table, in the order given. */
export function attachmentTable(view: View, attachments: readonly Attachment[]): string[] {
  if (attachments.length === 0) return [];
  return table(
    view,
    [{ title: 'ID' }, { title: 'SIZE', align: 'right' }, { title: 'TYPE' }, { title: 'NAME', flexible: true }],
    attachments.map(({ id, name, bytes: size, type }) => [
      { text: id },
      { text: bytes(size) },
      { text: safeLine(type) },
      { text: safeLine(name) },
    ]),
  );
}
