import { accept, type Outcome } from '../contract/rejection.ts';
import { type Settings, settings as settingsSchema } from '../contract/settings/state.ts';
import { createScope } from '../core/base/scope.ts';
import { createCore } from '../core/core.ts';
import type { Core } from '../core/core-api.ts';
import { identify } from '../core/process/identity.ts';
import { newSecret } from '../server/secret.ts';
import { createServer } from '../server/server.ts';
import { readArguments } from './arguments.ts';
import { dataFolderOf, makeDataFolder } from './data-folder.ts';
import { takeOverEnding } from './ending.ts';
import { removeEndpoint, writeEndpoint } from './endpoint-file.ts';
import { createLogging } from './logging.ts';
import { commandFolder, demoAgentProgram } from './program-files.ts';
import { droverVersion } from './version.ts';

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
  const { logger } = logging;
  ending.logTo(logger, logging.close);
  const version = droverVersion();
  logger.info('starting', { version, node: process.version, dataFolder });

  const core = await createCore({
    dataFolder,
    logger,
    env: process.env,
    demoAgent: demoAgentProgram(),
    commandFolder: commandFolder(),
  });
  if (!core.ok) return core;
  scope.add(core.value.close);
  const settings = await readSettings(core.value);
  logging.setLevel(settings['log.level']);

  const token = newSecret();
  logging.addSecret(token);
  const port = given.value.port ?? settings['server.port'];
  const server = await createServer({
    core: core.value,
    port,
    token,
    version,
    dataFolder,
    logFile: logging.file,
    logger,
  });
  if (!server.ok) return server;
  const { address } = server.value;
  scope.add(server.value.close);
  // Before the server: agents that are being stopped can still report, and clients see how their tasks end.
  scope.add(core.value.close);

  await core.value.start(address);
  const startTime = identify(process.pid)?.startTime ?? '';
  scope.add(() => removeEndpoint(dataFolder, token));
  await writeEndpoint(dataFolder, { url: address, token, pid: process.pid, startTime, version });
  logger.info('listening', { address });

  process.stdout.write(`Drover listens on ${address} (data folder ${dataFolder})\n`);
  if (given.value.json) {
    process.stdout.write(`${JSON.stringify({ url: address, pid: process.pid, version, dataFolder })}\n`);
  }
  return accept(undefined);
}

/** The settings that are read once, at the start. */
async function readSettings(core: Core): Promise<Pick<Settings, 'log.level' | 'server.port'>> {
  const listed = await core.api.settings.list(undefined, { by: 'user', taskId: null });
  const entries = listed.ok ? listed.value.map(({ key, value }) => [key, value]) : [];
  return settingsSchema.parse(Object.fromEntries(entries));
}

run().then(
  (done) => {
    if (done.ok) return;
    process.stderr.write(`${done.rejection.message}\n`);
    return ending.end(EXIT_REFUSED);
  },
  (error: unknown) => ending.endWithMistake(error),
);
