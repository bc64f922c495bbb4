import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { processRow } from '../../process/identity.ts';
import { BackendFailure } from '../backend.ts';
import { configFolder } from './own-settings.ts';
import { type Json, number, record, text } from './protocol.ts';

/**
 * Refuses to open a session that another program has open: both would lose what the other says. Programs write down in
 * `sessions/<pid>.json` what they have open; what is left of one that was killed does not count. Throws `BackendFailure`.
 */
export async function refuseOpenElsewhere(env: Readonly<Record<string, string>>, sessionId: string): Promise<void> {
  const folder = path.join(configFolder(env), 'sessions');
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!/^\d+\.json$/.test(name)) continue;
    const open = await readFile(path.join(folder, name), 'utf8').then(parse, (): Json => ({}));
    const pid = number(open.pid);
    if (text(open.sessionId) !== sessionId || pid === null || !isThere(pid, text(open.procStart))) continue;
    const where = text(open.cwd);
    throw new BackendFailure(
      'failed',
      `The session is open in another program: Claude Code, process ${pid}${where === null ? '' : ` in ${where}`}.`,
      'End it there, for example with /exit, then resume the task.',
    );
  }
}

function parse(content: string): Json {
  try {
    return record(JSON.parse(content));
  } catch {
    return {};
  }
}

/** Whether this process lives. When it was started is compared where it is told in ticks, as on Linux. */
function isThere(pid: number, start: string | null): boolean {
  const row = processRow(pid);
  if (row === null || row.zombie) return false;
  return process.platform !== 'linux' || start === null || !/^\d+$/.test(start) || row.startTime.endsWith(`:${start}`);
}
