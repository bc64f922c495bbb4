import { readdir, readFile, readlink } from 'node:fs/promises';

/** A process of the world that is played in: started below its folder, or by something that was. */
export interface Seen {
  pid: number;
  parent: number;
  /** When it was started, in ticks since the machine was: with the pid it names a process for good. */
  startedAt: string;
  kind: 'daemon' | 'git' | 'agent' | 'other';
  /** The run that it belongs to by its mark; null when it has none. */
  run: string | null;
  cwd: string;
  command: string;
}

/** Every living process whose environment has `HOME=<home>`. Linux only. */
export async function processesIn(home: string): Promise<Seen[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(names.map((name) => look(Number(name), home)));
  return all.filter((seen) => seen !== null);
}

async function look(pid: number, home: string): Promise<Seen | null> {
  try {
    const [environment, command, stat, cwd] = await Promise.all([
      readFile(`/proc/${pid}/environ`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readlink(`/proc/${pid}/cwd`),
    ]);
    const variables = environment.split('\0');
    if (!variables.includes(`HOME=${home}`)) return null;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const words = command.split('\0');
    const run = variables.find((variable) => variable.startsWith('DROVER_RUN='))?.slice('DROVER_RUN='.length);
    return {
      pid,
      parent: Number(fields[1]),
      startedAt: String(fields[19]),
      kind: kindOf(words),
      run: run ?? null,
      cwd,
      command: words.join(' ').trim().slice(0, 200),
    };
  } catch {
    // Ended meanwhile, or another user's.
    return null;
  }
}

function kindOf([program = '', script = '']: readonly string[]): Seen['kind'] {
  if (/(^|\/)git(-[a-z-]+)?$/.test(program)) return 'git';
  if (script.endsWith('/daemon/main.js')) return 'daemon';
  return script.endsWith('demo-agent.js') ? 'agent' : 'other';
}

/** Ends it as a crash would; a process that is another one by now is left alone. */
export async function killSeen({ pid, startedAt }: Seen): Promise<void> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] !== startedAt) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended meanwhile.
  }
}
