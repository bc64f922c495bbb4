/** Which scenario to play, with its values: `demo: flood mb=600` is `{ name: 'flood', values: { mb: '600' } }`. */
export interface Directive {
  name: string;
  values: Record<string, string>;
}

const LINE = /^[ \t]*demo:[ \t]*([a-z][a-z-]*)((?:[ \t]+[a-z]+(?:=[^\s=]+)?)*)[ \t]*$/m;

/**
 * Finds the first line of a prompt that is a directive and nothing else, or null. A word without a value, such as
 * `once`, gets the value `yes`.
 */
export function findDirective(prompt: string): Directive | null {
  const found = LINE.exec(prompt);
  if (!found?.[1]) return null;
  const values: Record<string, string> = {};
  for (const word of (found[2] ?? '').split(/\s+/).filter(Boolean)) {
    const [key = '', value = 'yes'] = word.split('=');
    values[key] = value;
  }
  return { name: found[1], values };
}
