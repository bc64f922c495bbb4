import { setTimeout as wait } from 'node:timers/promises';
import type { OpenOnDesktop } from '../../contract/desktop.ts';
import { accept, type Rejection, type Result } from '../../contract/rejection.ts';
import type { Scope } from '../../core/base/scope.ts';
import type { Core, CoreApi } from '../../core/core-api.ts';
import { isAlive } from '../../core/process/identity.ts';
import { readEndpoint } from '../../host/endpoint-file.ts';
import { type Host, type HostOptions, openHost } from '../../host/host.ts';
import { droverVersion } from '../../host/version.ts';
import type { PortLike } from '../../server/rpc-port.ts';
import { attach } from './attach.ts';
import { type StartedDaemon, startBackground } from './start-background.ts';

/** The Drover that the desktop app shows. */
export interface Drover {
  /** Runs in another process, such as the daemon, and goes on when this app ends. */
  readonly isElsewhere: boolean;
  /** Such as `http://127.0.0.1:4711`. */
  readonly address: string;
  readonly api: CoreApi;
  readonly subscribe: Core['events']['subscribe'];
  /** See `Core.drain`; null where it runs elsewhere. */
  readonly drain: Core['drain'] | null;
  /** Opens folders on the desktop of this app, wherever Drover runs. */
  readonly openFolder: OpenOnDesktop;
  /** Serves a page of this app. */
  acceptPort(port: PortLike): void;
  /** Serves one terminal to a page of this app. */
  acceptTerminalPort(port: PortLike): void;
}

export interface OpenDroverOptions extends HostOptions {
  /** Drover is to run in a process that outlives this app. */
  inBackground: boolean;
  /**
   * The Drover of another process has ended. `livedMs`: how long it lived, in milliseconds, where it was started for this
   * app; null where it ran already. Comes at most once.
   */
  onLost(livedMs: number | null): void;
}

/** A refusal, with a page that shows the Drover which is in the way, where there is one. */
export type OpenRefusal = { ok: false; rejection: Rejection; page?: string };

/** A Drover that has the data folder and cannot be reached is only just opening, or closing. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 250;
/** How long the start of a daemon may take. */
const BACKGROUND_MS = 20_000;

/**
 * Opens the core and the server in this process; or, when another process has the data folder already, shows the Drover
 * of that one. Refused with a sentence where neither can be done, in some seconds either.
 */
export async function openDrover(options: OpenDroverOptions): Promise<Result<Drover> | OpenRefusal> {
  const shown = options.inBackground ? await showBackground(options) : null;
  if (shown !== null) return shown;
  // Once the data is open here, what is in the way is something else, such as another program on the port.
  let isOpenHere = false;
  const scope: Scope = {
    ...options.scope,
    add(close) {
      isOpenHere = true;
      options.scope.add(close);
    },
  };
  for (const began = Date.now(); ; await wait(RETRY_MS)) {
    const host = await openHost({ ...options, scope });
    if (host.ok) return accept(ownDrover(host.value));
    if (isOpenHere || host.rejection.code !== 'conflict') return host;
    const endpoint = await readEndpoint(options.dataFolder);
    const onLost = () => options.onLost(null);
    const other = endpoint === null ? host : await attach({ ...options, endpoint, version: droverVersion(), onLost });
    if (other.ok || 'page' in other || Date.now() - began > PATIENCE_MS) return other;
  }
}

/**
 * Shows the Drover that has the data folder, and starts one in the background where there is none. Null when that cannot
 * be done: opening it in this process says why, or does it.
 */
async function showBackground(options: OpenDroverOptions): Promise<Result<Drover> | OpenRefusal | null> {
  const { dataFolder, logging } = options;
  let started: StartedDaemon | null = null;
  for (const began = Date.now(); Date.now() - began < BACKGROUND_MS; await wait(RETRY_MS)) {
    const endpoint = await readEndpoint(dataFolder);
    if (endpoint !== null && isAlive(endpoint)) {
      const onLost = (livedMs: number) => options.onLost(started === null ? null : livedMs);
      const other = await attach({ ...options, endpoint, version: droverVersion(), onLost });
      if (other.ok || 'page' in other) return other;
    } else if (started === null) {
      started = startBackground(dataFolder, logging.logger);
      if (started === null) return null;
    } else if (started.hasEnded()) return null;
  }
  return null;
}

function ownDrover({ core: { api, events, drain }, server, desktop }: Host): Drover {
  return {
    isElsewhere: false,
    address: server.address,
    api,
    subscribe: events.subscribe,
    drain,
    openFolder: desktop,
    acceptPort: server.acceptPort,
    acceptTerminalPort: server.acceptTerminalPort,
  };
}
