/** What is being written and can be completed: a path after `@`, or a command of the agent after `/`, up to the caret. */
export interface Mention {
  sign: '@' | '/';
  from: number;
  to: number;
  query: string;
}

/** What is written after the last `@` before the caret, or after the `/` that begins the text; null where none is. */
export function mentionAt(text: string, caret: number): Mention | null {
  const command = /^\/([\w:.-]*)$/.exec(text.slice(0, caret))?.[1];
  if (command !== undefined) return { sign: '/', from: 0, to: caret, query: command };
  const found = /(?:^|[\s("'`])@([^\s@]*)$/.exec(text.slice(0, caret));
  const query = found?.[1];
  return query === undefined ? null : { sign: '@', from: caret - query.length - 1, to: caret, query };
}

/** The text with the path or command in place of what was written of it, and where the caret is then. */
export function withMention(
  text: string,
  { sign, from, to }: Mention,
  chosen: string,
): { text: string; caret: number } {
  const rest = text.slice(to);
  const put = `${sign}${chosen}${/^\s/.test(rest) ? '' : ' '}`;
  return { text: text.slice(0, from) + put + rest, caret: from + put.length };
}
