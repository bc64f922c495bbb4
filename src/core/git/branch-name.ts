/**
 * Whether git accepts the text as the name of a branch: the rules of git-check-ref-format(1), and no leading dash.
 */
export function isBranchName(name: string): boolean {
  if (name === '' || name === '@' || name.startsWith('-') || name.endsWith('/') || name.endsWith('.')) return false;
  if (name.length > 244 || name.includes('..') || name.includes('@{')) return false;
  for (const character of name) {
    if (character <= ' ' || character === '\x7f' || '~^:?*[\\'.includes(character)) return false;
  }
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}

/**
 * Words of a title as part of a branch or folder name: lower-case ASCII letters and digits with single dashes between,
 * at most `max` characters. Empty when nothing of the title can be written so.
 */
export function slug(title: string, max = 40): string {
  return title
    .slice(0, 1000)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, max + 1)
    .replace(/^-/, '')
    .slice(0, max)
    .replace(/-$/, '');
}
