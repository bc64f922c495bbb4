import { accept, type Result } from '../contract/rejection.ts';
import { createScope } from '../core/base/scope.ts';
import type { Core } from '../core/core-api.ts';
import { dataFolderOf, makeDataFolder } from '../host/data-folder.ts';
import { openHost } from '../host/host.ts';
import { createLogging } from '../host/logging.ts';
import { readArguments } from './arguments.ts';
import { createBackground } from './background.ts';
import { takeOverShutdown } from './shutdown.ts';

/**
 * Drover without a window: the core and the server on a data folder, until a signal comes. Exit codes: 0 ended as
 * asked, 3 could not begin (bad input, already running, port in use), 4 a mistake of our own.
 */
const EXIT_REFUSED = 3;

const scope = createScope();
const shutdown = takeOverShutdown(scope);

async function run(): Promise<Result<void>> {
  const given = readArguments(process.argv.slice(2));
  if (!given.ok) return given;
  const folder = await makeDataFolder(dataFolderOf(given.value.data, process.env));
  if (!folder.ok) return folder;
  const dataFolder = folder.value;

  const logging = createLogging({ dataFolder });
  shutdown.logTo(logging.logger, logging.close);
  const waits = (words: string) => void process.stderr.write(`${words} Waiting for it.\n`);
  const background = given.value.background
    ? (core: Core) => {
        const watch = new AbortController();
        scope.add(() => watch.abort());
        return createBackground(core, () => void shutdown.end(0), watch.signal).makeWay;
      }
    : undefined;
  const host = await openHost({ dataFolder, port: given.value.port, logging, scope, background, waits });
  if (!host.ok) return host;
  const { server, version } = host.value;

  process.stdout.write(`Drover listens on ${server.address} (data folder ${dataFolder})\n`);
  if (given.value.json) {
    process.stdout.write(`${JSON.stringify({ url: server.address, pid: process.pid, version, dataFolder })}\n`);
  }
  return accept(undefined);
}

run().then(
  (done) => {
    if (done.ok) return;
    process.stderr.write(`${done.rejection.message}\n`);
    return shutdown.end(EXIT_REFUSED);
  },
  (error: unknown) => shutdown.endWithMistake(error),
);
