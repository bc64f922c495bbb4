/** The pattern of a `LIKE … ESCAPE '\\'` that finds `text` anywhere, whatever characters are in it. */
export function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
