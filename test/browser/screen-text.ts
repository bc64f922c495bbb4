/** What is wrong with the text of a screen, a line each: for people, not for programs, and each thing once. */

/** From so many words on it is a sentence; fewer are a name, a button or a number. */
const LEAST_WORDS = 4;

/** Sentences that stand in a text more than once; `apart` are what may, such as a title that others wrote. */
export function repeatedIn(text: string, apart: readonly string[] = []): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const sentence of sentencesOf(text)) {
    if (apart.includes(sentence)) continue;
    if (seen.has(sentence)) twice.add(sentence);
    seen.add(sentence);
  }
  return [...twice];
}

function sentencesOf(text: string): string[] {
  return text
    .split(/\n|(?<=[.!?])\s+|\s·\s/)
    .map((part) => part.trim().replace(/[.:!?…]+$/, ''))
    .filter((part) => part.split(/\s+/).length >= LEAST_WORDS);
}

const MACHINERY: readonly [what: string, pattern: RegExp][] = [
  ['a tool', /\b(item_set|item_note|item_add|task_get|task_blocked|mcp__\w+|TodoWrite|ExitPlanMode|AskUserQuestion)\b/],
  // Read, Edit and Write are words as well.
  ['an agent’s tool', /\b(Bash|Grep|Glob|LS|WebFetch|WebSearch|NotebookEdit)\b/],
  ['JSON', /\{\s*"\w+"\s*:|"\w+"\s*:\s*["[{\d]/],
  ['a word of the program', /\b(in_progress|undefined|NaN|null|\[object Object\])\b/],
];

/** Names of tools, JSON and `ids` that a text shows. */
export function machineryIn(text: string, ids: readonly string[]): string[] {
  const found = MACHINERY.flatMap(([what, pattern]) => {
    const match = pattern.exec(text);
    return match ? [`${what}: ${text.slice(Math.max(0, match.index - 30), match.index + 50)}`] : [];
  });
  return [...found, ...ids.filter((id) => text.includes(id)).map((id) => `an id: ${id}`)];
}
