/** What is wrong with a typed folder, as far as it can be told without looking; null when nothing is. */
export function problemOfFolder(text: string): string | null {
  const path = text.trim();
  if (path === '') return 'Give the folder of a git repository.';
  if (/^(?:https?|ssh|git|file):|^[\w.-]+@[\w.-]+:/.test(path)) {
    return 'This is an address. Clone it first, and give the folder it was cloned to.';
  }
  if (/^~?\/|^[a-zA-Z]:[\\/]|^\\\\/.test(path)) return null;
  return 'Give the full path, from the root on, such as /home/you/code/project.';
}
