import type { ToolCallKind } from '../../../contract/run/tool-call.ts';

/** A word that is as plain as it looks: where another stands, a command may be quoted, and is not cut. */
const PLAIN = /^[\w@%+=:,./-]+$/;
const ADDRESS = /^(https?:\/\/[^/?#]+)\/?/i;

/**
 * Patterns that are wider than the pattern of one call, the narrowest first, at most two. Whether they would allow the
 * call is not said here. Pure.
 */
export function widthsOf(kind: ToolCallKind, pattern: string): string[] {
  const widths = kind === 'command' ? commands(pattern) : kind === 'fetch' ? addresses(pattern) : files(pattern);
  return [...new Set(widths)].filter((width) => width !== pattern).slice(0, 2);
}

/** `npm install --global x`: whatever is installed globally, whatever is installed. */
function commands(pattern: string): string[] {
  const words = pattern.split(' ');
  if (words.length < 2 || !words.every((word) => PLAIN.test(word))) return [];
  const [program = '', verb = ''] = words;
  // What comes behind the verb is what differs; an option is none.
  const head = /^[a-z][\w:-]*$/i.test(verb) ? [program, verb] : [program];
  const most = words.slice(0, -1);
  return [most, head].filter((one) => one.length >= head.length).map((one) => `${one.join(' ')} *`);
}

/** The same server, whatever is fetched from it. */
function addresses(pattern: string): string[] {
  const server = ADDRESS.exec(pattern)?.[1];
  return server === undefined ? [] : [`${server}/*`];
}

/** The folder of a file, and all of the workspace. */
function files(pattern: string): string[] {
  if (pattern === '*' || pattern.startsWith('/') || pattern.startsWith('~')) return [];
  const folder = pattern.split('/').slice(0, -1).join('/');
  return [...(folder === '' ? [] : [`${folder}/**`]), '*'];
}
