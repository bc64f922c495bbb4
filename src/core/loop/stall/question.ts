/** Colours, cursor movements and titles that programs write between their words. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what it looks for.
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[PX^_][^\u001b]*\u001b\\|[@-Z\\-_])/g;

/** How many lines from the end a question may stand: below it come hints, options and empty lines. */
const LINES = 12;
/** A longer line is output, not a question. */
const LONGEST = 400;

/** Questions that are known wherever they stand among the last lines. */
const ANYWHERE: readonly RegExp[] = [
  // Yes or no, in every bracket: [y/N], (yes/no), (y/n/q), (Y)es or (N)o, {y,n}.
  /[[({<]\s*y(es)?\s*[/|,]\s*(a(ll)?\s*[/|,]\s*)?n(o)?\b[^\])}>]{0,40}[\])}>]/i,
  /[[({<]\s*n(o)?\s*[/|,]\s*y(es)?\b[^\])}>]{0,40}[\])}>]/i,
  /(^|\s)y(es)?\s?[/|]\s?n(o)?(\s|[?:]|$)/i,
  /\(y\)(es)?\b.{0,20}\(n\)(o)?\b/i,
  /\[y\](es)?\b.{0,30}\[n\](o)?\b/i,
  /\b(ok|okay) to (proceed|continue)\?/i,
  /\b(do|would) you (really )?(want|wish|like) to\b.*\?/i,
  /\bare you sure\b/i,
  /\b(proceed|continue|overwrite|replace|remove|delete|install|accept|agree)\s*(anyway|with this|these|it|them|them all)?\s*\?\s*([[({].{0,40})?$/i,
  // Keys to press, and pagers.
  /\b(press|hit|type|strike) (the )?([[<(]?(enter|return|any key|space|esc(ape)?|q|y|ctrl[-+]\w|<?enter>?)[\]>)]?)\b/i,
  /^--more--/i,
  /^\(END\)\s*$/,
  // Pickers.
  /\b(use (the )?)?(arrow keys|arrows|↑\/?↓)\b.{0,60}\b(select|move|navigate|choose|confirm|submit|enter)?/i,
  /^\s*[❯›▸▶➤●◉]\s+\S/u,
  /^\s*[?◆◇]\s+\S.*[:?›»]\s*(\S.{0,60})?$/u,
  /\b(select|choose|pick) (an?|one|the|your|which)\b.{0,80}[:?]\s*$/i,
  /\b(enter|type|your|make a) (a )?(choice|selection|number|option)\b.{0,60}[:?\])]\s*$/i,
  // Editors.
  /^-- (INSERT|NORMAL|REPLACE|VISUAL)/,
  /\bGNU nano\b/,
  /\bwaiting for your editor to close\b/i,
];

/** Questions that are known only where nothing comes after them. */
const LAST: readonly RegExp[] = [
  // Secrets and names: "Password:", "[sudo] password for me:", "Enter passphrase for key '/home/me/.ssh/id_ed25519':".
  /\b(pass ?word|pass ?phrase|pass ?code|pin|otp|secret|api[ -]?key|token|verification code|one[- ]time code|auth(entication)? code)\b[^\n]{0,160}[:>?]\s*$/i,
  /\b(user ?name|login|log ?in|e-?mail( address)?|account|host ?name|full name)\b[^\n]{0,120}[:>?]\s*$/i,
  // Interpreters and debuggers.
  /^(>>>|\.\.\.|>|\$|#|%)\s*$/,
  /^(In \[\d+\]:|irb\(.*\).*[>*]|\(gdb\)|\(lldb\)|\(Pdb\)|\(rdb:\d+\)|ipdb>|jshell>|scala>|ghci>|iex\(\d+\)>|julia>)\s*$/i,
  /^[\w.-]{1,40}(=[#>]|[#>])\s*$/,
  // A question of no known kind, with a default behind it or without.
  /\?\s*([[({][^\])}]{0,60}[\])}])?\s*[:>]?\s*$/,
];

/** What may stand below a question: options and hints, indented or marked. Anything else means that it goes on. */
const HINT = /^(\s|$|[-*+^•·○●◯◉◆◇❯›>▸│┃|└├╰[({]|\d{1,3}[.):\]]|[a-z][.):]\s)/iu;

/** What a program says while it works: never a question, though it may end in one of the signs of one. */
const NEVER = /\b(did you mean|warning|note|hint: (?!waiting)|error|info|debug|see also|what'?s new)\b/i;

/** The last lines as they stand on the screen: without colours, and with what was written over left out. */
export function lastLines(output: string, count = LINES): string[] {
  const text = output.replace(SEQUENCES, '').replace(/\r\n/g, '\n');
  const lines = text.split('\n').map((line) => {
    const parts = line.split('\r').filter((part) => part !== '');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: bells and backspaces are no words.
    return (parts.at(-1) ?? '').replace(/[\u0007\u0008]/g, '');
  });
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  return lines.slice(-count);
}

/**
 * Whether the end of what a silent program has written looks like a question to a person: yes or no, a password, a user
 * name, a picker, a key to press, an interpreter, an editor, a pager. Returns the line with the question, or null.
 * `output` is the end of the output, a few kilobytes of it.
 */
export function questionIn(output: string): string | null {
  const lines = lastLines(output);
  const last = lines.at(-1);
  if (last === undefined) return null;
  if (isEditor(lines)) return last.trim();
  const at = lines.findLastIndex(
    (line) => line.length <= LONGEST && !NEVER.test(line) && ANYWHERE.some((form) => form.test(line)),
  );
  if (at >= 0 && lines.slice(at + 1).every((line) => HINT.test(line))) return lines[at]?.trim() ?? null;
  const open = !/\n\s*$/.test(output);
  if (last.length > LONGEST || NEVER.test(last)) return null;
  if (LAST.some((form) => form.test(last))) return last.trim();
  // Who asks leaves the cursor behind the question; who reports ends the line.
  return open && /[^\s:]:\s*$/.test(last) && last.trim().length <= 120 ? last.trim() : null;
}

/** A screen of vi, with its tildes below the text. */
function isEditor(lines: readonly string[]): boolean {
  return lines.filter((line) => /^~\s*$/.test(line)).length >= 3;
}
