/** What begins the title of a request to run a command. */
const RUN = 'Run ';
/** With one of these a command is more than the words it begins with. */
const JOINS = /[;|&<>`$\n]|…\s*$/;

/**
 * How many earlier requests a pattern for commands would have covered, by their titles. What is joined of several
 * commands, or not whole, is not counted.
 */
export function countCovered(pattern: string, titles: readonly string[]): number {
  const open = /^(.*\S)\s+\*$/s.exec(pattern)?.[1];
  return titles.filter((title) => {
    if (!title.startsWith(RUN) || JOINS.test(title)) return false;
    const command = title.slice(RUN.length);
    return open === undefined ? command === pattern : command === open || command.startsWith(`${open} `);
  }).length;
}
