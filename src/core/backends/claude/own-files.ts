import { realpathSync } from 'node:fs';
import path from 'node:path';
import { isWithin } from '../../base/is-within.ts';
import { configFolder } from './own-settings.ts';
import { type Json, text } from './protocol.ts';

/** The tools that read one file, and those that write one. */
const READING = new Set(['Read', 'Glob', 'Grep', 'LS']);
const WRITING = new Set(['Write', 'Edit']);

interface Session {
  env: Readonly<Record<string, string>>;
  cwd: string;
  sessionId: string;
}

/**
 * Tells the calls that touch nothing but what the program keeps for this session: the whole output of its commands, and
 * the plan it writes. Such calls it makes by itself all the time, and a person could not say anything to them.
 */
export function ownFiles({ env, cwd, sessionId }: Session): (tool: string, input: Json) => boolean {
  const config = configFolder(env);
  const slug = folderName(cwd);
  const plans = path.join(config, 'plans');
  const readable = [
    sessionFolder(env, cwd, sessionId),
    path.join(config, 'projects', slug, sessionId),
    path.join(config, 'projects', slug, 'memory'),
    plans,
  ];
  return (tool, input) => {
    const file = text(input.file_path) ?? text(input.path);
    if (file === null || !path.isAbsolute(file)) return false;
    if (READING.has(tool)) return readable.some((folder) => isBelow(folder, file));
    return WRITING.has(tool) && path.extname(file) === '.md' && isBelow(plans, file);
  };
}

/** Where the program keeps what its commands print and the images it was given, in a session. */
export function sessionFolder(env: Readonly<Record<string, string>>, cwd: string, sessionId: string): string {
  const uid = process.getuid?.() ?? 0;
  return path.join(env.CLAUDE_CODE_TMPDIR ?? '/tmp', `claude-${uid}`, folderName(cwd), sessionId);
}

const folderName = (cwd: string): string => cwd.replace(/[^A-Za-z0-9]/g, '-');

/** By the real paths: a link could lead anywhere. */
function isBelow(folder: string, file: string): boolean {
  const [top, own] = [real(folder), real(file)];
  return own !== top && isWithin(top, own);
}

/** The real path; of what is not there yet, by the nearest folder that is. */
function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const above = path.dirname(file);
    return above === file ? file : path.join(real(above), path.basename(file));
  }
}
