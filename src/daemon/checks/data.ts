import { access, constants, lstat, stat, statfs } from 'node:fs/promises';
import { bytes } from '../../contract/words/measure.ts';
import { folderSize } from '../../core/base/folder-size.ts';
import { inspectDatabase } from '../../core/db/inspect.ts';
import { isAlive } from '../../core/process/identity.ts';
import { endpointFile, readEndpoint } from '../../host/endpoint-file.ts';
import { logFileOf } from '../../host/logging.ts';
import { broken, type Check, note, ok } from './check.ts';

/** Below this, a few builds in workspaces fill the disk. */
const LITTLE_SPACE = 1024 ** 3;
/** Workspaces hold whole checkouts; counting stops here. */
const MOST_COUNTED = 20_000;

export const dataFolderCheck: Check = {
  name: 'data folder',
  async look({ dataFolder }) {
    const found = await stat(dataFolder).catch(() => null);
    if (found === null) return ok(`${dataFolder} (made at the first start)`);
    if (!found.isDirectory()) return broken(`${dataFolder} is not a folder`, 'Move it away, or set DROVER_DATA.');
    const writable = await access(dataFolder, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!writable) return broken(`${dataFolder} cannot be written`, 'Give it back to your user with chown.');
    const [size, disk] = await Promise.all([sizeOf(dataFolder), statfs(dataFolder)]);
    const free = disk.bavail * disk.bsize;
    const words = `${dataFolder} (${size}, ${bytes(free)} free)`;
    if ((found.mode & 0o077) !== 0 && process.platform !== 'win32') {
      return note(`${words}, readable by other users`, `Run “chmod 700 ${dataFolder}”.`);
    }
    return free < LITTLE_SPACE ? note(words, 'Free some space before starting tasks.') : ok(words);
  },
};

export const databaseCheck: Check = {
  name: 'database',
  async look({ dataFolder }) {
    const found = inspectDatabase(dataFolder);
    if (found === null) return ok('none yet (made at the first start)');
    if (!found.ok) return broken(found.rejection.message, 'Nothing was changed.');
    return ok(`schema ${found.value.version}, ${bytes(found.value.bytes)}`);
  },
};

export const logCheck: Check = {
  name: 'log file',
  async look({ dataFolder }) {
    const file = logFileOf(dataFolder);
    const found = await stat(file).catch(() => null);
    return ok(found ? `${file} (${bytes(found.size)})` : `${file} (none yet)`);
  },
};

export const hostCheck: Check = {
  name: 'drover',
  async look({ dataFolder }) {
    const endpoint = await readEndpoint(dataFolder);
    if (endpoint === null) {
      const there = await lstat(endpointFile(dataFolder)).catch(() => null);
      if (there === null) return ok('not running');
      return note(`${endpointFile(dataFolder)} cannot be read`, 'It is rewritten at the next start.');
    }
    if (isAlive(endpoint)) return ok(`${endpoint.version} runs at ${endpoint.url} (process ${endpoint.pid})`);
    return note(`not running; process ${endpoint.pid} exited unexpectedly`, 'Its tasks continue at the next start.');
  },
};

/** Links are not followed: a workspace may link anywhere. */
async function sizeOf(folder: string): Promise<string> {
  const size = await folderSize(folder, MOST_COUNTED);
  return size === null ? `more than ${MOST_COUNTED} files` : bytes(size);
}
