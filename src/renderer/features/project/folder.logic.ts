import { labels } from './labels.ts';

/** What is wrong with a typed folder, as far as it can be told without looking; null when nothing is. */
export function problemOfFolder(text: string): string | null {
  const path = text.trim();
  if (path === '') return labels.folderMissing;
  if (/^(?:https?|ssh|git|file):|^[\w.-]+@[\w.-]+:/.test(path)) {
    return labels.folderIsAddress;
  }
  if (/^~?\/|^[a-zA-Z]:[\\/]|^\\\\/.test(path)) return null;
  return labels.folderNotWhole;
}
