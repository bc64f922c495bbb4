import type { FileDiff } from '../../contract/workspace/diff.ts';
import { parseDiff } from './parse-diff.ts';

const LONGEST_DIFF = 1024 * 1024;

/** The differences of a file as they are given to clients: at most 1 MB of them. `text` null: the file is too large. */
export function shownDiff(path: string, text: string | null): FileDiff {
  if (text === null) {
    return { path, files: [], cut: true, words: 'This file is too large for its differences to be shown.' };
  }
  if (text.length <= LONGEST_DIFF) return { path, files: parseDiff(text), cut: false, words: null };
  const end = text.lastIndexOf('\n', LONGEST_DIFF) + 1 || LONGEST_DIFF;
  const words = 'Only the first megabyte of the differences is shown.';
  return { path, files: parseDiff(text.slice(0, end)), cut: true, words };
}
