import { accept, type Outcome } from '../contract/rejection.ts';
import { createScope } from '../core/base/scope.ts';
import { dataFolderOf, makeDataFolder } from '../host/data-folder.ts';
import { openHost } from '../host/host.ts';
import { createLogging } from '../host/logging.ts';
import { readArguments } from './arguments.ts';
import { takeOverEnding } from './ending.ts';

/**
 * Drover without a window: the core and the server on a data folder, until a signal comes. Exit codes: 0 ended as
 * asked, 3 could not begin (bad input, already running, port in use), 4 a mistake of our own.
 */
const EXIT_REFUSED = 3;

const scope = createScope();
const ending = takeOverEnding(scope);

async function run(): Promise<Outcome<void>> {
  const given = readArguments(process.argv.slice(2));
  if (!given.ok) return given;
  const folder = await makeDataFolder(dataFolderOf(given.value.data, process.env));
  if (!folder.ok) return folder;
  const dataFolder = folder.value;

  const logging = createLogging({ dataFolder });
  ending.logTo(logging.logger, logging.close);
  const waits = (words: string) => void process.stderr.write(`${words} Waiting for it.\n`);
  const host = await openHost({ dataFolder, port: given.value.port, logging, scope, waits });
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
    return ending.end(EXIT_REFUSED);
  },
  (error: unknown) => ending.endWithMistake(error),
);
