import { createHash } from 'node:crypto';

/** A program with its arguments, and what its environment needs. */
export interface UnitProgram {
  program: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
}

/** Whether systemd starts a program with this path: not where it has quotes, backslashes or control characters. */
export function canBeStarted(program: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
  return program.startsWith('/') && !/["'\\\u0000-\u001f\u007f]/.test(program);
}

/** What is in the place of the unit: nothing, what we have written, that with changes, or what others have put there. */
export type UnitState = 'none' | 'ours' | 'changed' | 'foreign';

const FIRST = /^# Written by `drover daemon install` \(([0-9a-f]{12})\); `drover daemon uninstall` removes it\.\n/;

/** The systemd unit that starts a program at login. Its first line says who wrote it, and what, to be known again. */
export function unitText({ program, args, env }: UnitProgram): string {
  const text = [
    '[Unit]',
    'Description=Drover, which runs and supervises coding agents',
    '',
    '[Service]',
    // Only in arguments are variables replaced.
    `ExecStart=${[quote(program), ...args.map((word) => quote(word).replaceAll('$', '$$$$'))].join(' ')}`,
    ...Object.entries(env).map(([name, value]) => `Environment=${quote(`${name}=${value}`)}`),
    '# Drover ends its agents in good order by itself; what is left after that is killed.',
    'KillMode=mixed',
    'Restart=on-failure',
    'RestartSec=10',
    '# It could not begin, as where another Drover has the data folder.',
    'RestartPreventExitStatus=3',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
  return `# Written by \`drover daemon install\` (${sumOf(text)}); \`drover daemon uninstall\` removes it.\n${text}`;
}

/** Whose the content of the file is. */
export function unitStateOf(content: string): UnitState {
  const [first, sum] = FIRST.exec(content) ?? [];
  if (first === undefined) return 'foreign';
  return sumOf(content.slice(first.length)) === sum ? 'ours' : 'changed';
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** As a word of systemd.syntax(7), with specifiers taken as they are. */
function quote(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('%', '%%');
  return `"${escaped}"`;
}
