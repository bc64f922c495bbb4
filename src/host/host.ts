import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OpenOnDesktop } from '../contract/desktop.ts';
import { accept, type Result, reject } from '../contract/rejection.ts';
import { type Settings, settings as settingsSchema } from '../contract/settings/state.ts';
import type { Scope } from '../core/base/scope.ts';
import { describeSystemError } from '../core/base/system-error.ts';
import { createCore } from '../core/core.ts';
import { type Core, PERSON } from '../core/core-api.ts';
import { identify } from '../core/process/identity.ts';
import { foundOpeners } from '../desktop/found-openers.ts';
import { newSecret } from '../server/secret.ts';
import { createServer, type Server } from '../server/server.ts';
import { desktopOfHost } from './desktop.ts';
import { endpointFile, removeEndpoint, writeEndpoint } from './endpoint-file.ts';
import { readLastPort, writeLastPort } from './last-port.ts';
import type { Logging } from './logging.ts';
import { commandFolder, demoAgentProgram } from './program-files.ts';
import { droverVersion } from './version.ts';
import { windowFolder } from './window-folder.ts';

export interface HostOptions {
  /** Exists already. */
  dataFolder: string;
  /** Null for the one in the settings. */
  port: number | null;
  logging: Logging;
  /** Everything that is opened is closed with it. */
  scope: Scope;
  /** Where it is started to work without a window: makes what ends it for another Drover, see `ServerOptions`. */
  background?: ((core: Core) => (waitMs: number) => Promise<boolean>) | undefined;
  /** Told, in a sentence, what the start waits for. */
  waits?: ((words: string) => void) | undefined;
}

export interface Host {
  readonly core: Core;
  readonly server: Server;
  readonly desktop: OpenOnDesktop;
  readonly version: string;
}

/**
 * What every host does, with a window or without: opens the core and the server on a data folder, lets tasks go on, and
 * writes down where clients find it. Refused with a sentence when the folder belongs to another host, its database
 * cannot be used, or the port cannot be had; what was opened until then is in the scope.
 */
export async function openHost(options: HostOptions): Promise<Result<Host>> {
  const { dataFolder, port, logging, scope, waits } = options;
  const { logger } = logging;
  const version = droverVersion();
  logger.info('starting', { version, node: process.version, dataFolder });

  const core = await createCore({
    dataFolder,
    logger,
    env: process.env,
    demoAgent: demoAgentProgram(),
    commandFolder: commandFolder(),
    waits,
  });
  if (!core.ok) return core;
  let server: Server | null = null;
  // The core first: agents that are being stopped can still report, and clients see how their tasks end.
  scope.add(async () => {
    try {
      await core.value.close();
    } finally {
      await server?.close();
    }
  });
  const settings = await readSettings(core.value);
  logging.setLevel(settings['log.level']);

  const token = newSecret();
  logging.addSecret(token);
  const pages = windowFolder();
  const { api, environment } = core.value;
  const desktop = desktopOfHost({ api, dataFolder, environment });
  const makeWay = options.background?.(core.value);
  const serve = (on: number) =>
    createServer({
      core: core.value,
      port: on,
      token,
      version,
      dataFolder,
      logFile: logging.file,
      ...(makeWay ? { makeWay } : {}),
      desktop,
      openers: async () => foundOpeners(await environment()),
      sessionFile: path.join(dataFolder, 'sessions.json'),
      ...(existsSync(path.join(pages, 'index.html')) ? { staticFolder: pages } : {}),
      logger,
    });
  const wanted = port ?? settings['server.port'];
  const last = wanted === 0 ? await readLastPort(dataFolder) : 0;
  const again = last === 0 ? null : await serve(last);
  const served = again?.ok ? again : await serve(wanted);
  if (!served.ok) return served;
  server = served.value;
  const { address } = server;

  const started = await core.value.start(address);
  if (!started.ok) return started;
  const startTime = identify(process.pid)?.startTime ?? '';
  scope.add(() => removeEndpoint(dataFolder, token));
  try {
    await writeLastPort(dataFolder, Number(new URL(address).port));
    await writeEndpoint(dataFolder, { url: address, token, pid: process.pid, startTime, version });
  } catch (error) {
    const words = describeSystemError(error, endpointFile(dataFolder));
    if (words === null) throw error;
    return reject('unavailable', words);
  }
  logger.info('listening', { address });
  return accept({ core: core.value, server, desktop, version });
}

/** The settings that are read once, at the start. */
async function readSettings(core: Core): Promise<Pick<Settings, 'log.level' | 'server.port'>> {
  const listed = await core.api.settings.list(undefined, PERSON);
  const entries = listed.ok ? listed.value.map(({ key, value }) => [key, value]) : [];
  return settingsSchema.parse(Object.fromEntries(entries));
}
