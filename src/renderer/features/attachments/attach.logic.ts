import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '../../../contract/attachment/state.ts';
import { bytes } from '../../../contract/words/measure.ts';
import { labels } from './labels.ts';

/** A file that was given and is kept by the core until a task takes it. */
export interface DraftFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** A small picture as a `data:` address; null where there is none. */
  readonly thumb: string | null;
}

/** Why a file cannot be attached; null when it can. `count`: how many there are already. */
export function refusalOf(file: { name: string; size: number }, count: number): string | null {
  if (count >= MAX_ATTACHMENTS) return labels.tooManyFiles(MAX_ATTACHMENTS);
  if (file.size <= MAX_ATTACHMENT_BYTES) return null;
  return labels.tooLarge(bytes(file.size), bytes(MAX_ATTACHMENT_BYTES));
}

/** A name that is not among the others: a number is put before the ending. Pasted pictures are all called the same. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 2; ; number += 1) {
    const other = `${stem}-${number}${ending}`;
    if (!taken.includes(other)) return other;
  }
}
