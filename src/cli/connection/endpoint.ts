import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dataFolder, ENDPOINT_FILE, type Endpoint, parseEndpoint } from '../../contract/data-folder.ts';
import type { Context, GlobalOptions } from '../context.ts';
import { Failure } from '../failure.ts';

const NOT_RUNNING = 'Drover is not running. Start it with `drover serve`.';

/** What is needed to reach Drover: its address, a token, and words for when nobody answers there. */
export interface Target {
  url: string;
  token: string;
  /** Why a connection may have failed, as a sentence for a person. */
  explain(cause: string): string;
}

/** Whether the command runs for the agent of a task, with the token of that task in its environment. */
export function isAgent(context: Pick<Context, 'env'>, options: GlobalOptions): boolean {
  const { DROVER_URL, DROVER_TASK_TOKEN, DROVER_TASK } = context.env;
  return options.data === undefined && Boolean(DROVER_URL && DROVER_TASK_TOKEN && DROVER_TASK);
}

/** The data folder by `--data`, DROVER_DATA or the system's place. */
export function dataFolderOf(context: Pick<Context, 'env' | 'cwd' | 'home' | 'platform'>, data?: string): string {
  return resolve(context.cwd, data || dataFolder(context));
}

/**
 * Where Drover listens now; read again at every call, because each start of Drover has a new port and token. Throws
 * `Failure` when there is no readable endpoint file.
 */
export function findTarget(context: Context, options: GlobalOptions, forAgents: boolean): Target {
  const { DROVER_URL, DROVER_TASK_TOKEN } = context.env;
  if (forAgents && isAgent(context, options) && DROVER_URL && DROVER_TASK_TOKEN) {
    return {
      url: DROVER_URL,
      token: DROVER_TASK_TOKEN,
      explain: (cause) =>
        refused(cause)
          ? 'Drover does not accept the token of this task (any more).'
          : `Drover does not answer at ${DROVER_URL}.`,
    };
  }
  const file = join(dataFolderOf(context, options.data), ENDPOINT_FILE);
  const endpoint = readEndpoint(file);
  return {
    url: endpoint.url,
    token: endpoint.token,
    explain: (cause) => explain(cause, file, endpoint),
  };
}

function readEndpoint(file: string): Endpoint {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new Failure('no-connection', NOT_RUNNING);
    throw new Failure('no-connection', `The file ${file}, which says where Drover listens, cannot be read (${code}).`);
  }
  const endpoint = parseEndpoint(text);
  if (endpoint !== null) return endpoint;
  throw new Failure('no-connection', `The file ${file} is damaged. Start Drover again with \`drover serve\`.`);
}

function explain(cause: string, file: string, endpoint: Endpoint): string {
  if (refused(cause)) {
    return `What answers at ${endpoint.url} does not accept the token in ${file}. Start Drover again with \`drover serve\`.`;
  }
  if (!isAlive(endpoint.pid)) {
    return `${NOT_RUNNING} (${file} is left from process ${endpoint.pid}, which is gone.)`;
  }
  return `Drover does not answer at ${endpoint.url}, although process ${endpoint.pid} of ${file} is there. If that is not Drover, start it with \`drover serve\`.`;
}

function refused(cause: string): boolean {
  return /\b40[13]\b/.test(cause);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
