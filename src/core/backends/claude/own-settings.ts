import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Json, record, text } from './protocol.ts';

/** The program keeps costs and conversations by project in it as well: it grows, but not to this. */
const MAX_BYTES = 32 * 1024 * 1024;

type Env = Readonly<Record<string, string>>;

/** Where the program keeps the settings and sessions of the user. */
export function configFolder(env: Env): string {
  return env.CLAUDE_CONFIG_DIR ?? path.join(env.HOME ?? '/', '.claude');
}

/** The program's own file about the user: MCP servers, and what is known of each project. `{}` when it cannot be read. */
export function readUserFile(env: Env): Promise<Json> {
  return readJson(path.join(env.CLAUDE_CONFIG_DIR ?? env.HOME ?? '/', '.claude.json'));
}

/**
 * `NO_PROXY` and `no_proxy` as the program's settings files set them, which go over its environment; what they leave
 * out is not there. Those of the repository count where it is trusted.
 */
export async function proxySettings({
  env,
  cwd,
  trusted,
}: {
  env: Env;
  cwd: string;
  trusted: boolean;
}): Promise<Partial<Record<'NO_PROXY' | 'no_proxy', string>>> {
  const files = [path.join(configFolder(env), 'settings.json')];
  if (trusted) files.push(...['settings.json', 'settings.local.json'].map((name) => path.join(cwd, '.claude', name)));
  const found: Partial<Record<'NO_PROXY' | 'no_proxy', string>> = {};
  for (const settings of await Promise.all(files.map(readJson))) {
    const set = record(settings.env);
    for (const name of ['NO_PROXY', 'no_proxy'] as const) {
      const hosts = text(set[name]);
      if (hosts !== null) found[name] = hosts;
    }
  }
  return found;
}

/** The program says itself what is wrong with its files. */
async function readJson(file: string): Promise<Json> {
  try {
    const content = await readFile(file);
    return content.length > MAX_BYTES ? {} : record(JSON.parse(content.toString('utf8')));
  } catch {
    return {};
  }
}
