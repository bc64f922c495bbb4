import { setTimeout as wait } from 'node:timers/promises';
import type { OpenOnDesktop } from '../../contract/desktop.ts';
import { accept, type Outcome, type Rejection } from '../../contract/rejection.ts';
import type { Scope } from '../../core/base/scope.ts';
import type { Core, CoreApi } from '../../core/core-api.ts';
import { readEndpoint } from '../../host/endpoint-file.ts';
import { type Host, type HostOptions, openHost } from '../../host/host.ts';
import { droverVersion } from '../../host/version.ts';
import type { PortLike } from '../../server/rpc-port.ts';
import { attach } from './attach.ts';

/** The Drover that the desktop app shows. */
export interface Drover {
  /** Runs in another process, such as the daemon, and goes on when this app ends. */
  readonly isElsewhere: boolean;
  /** Such as `http://127.0.0.1:4711`. */
  readonly address: string;
  readonly api: CoreApi;
  readonly subscribe: Core['events']['subscribe'];
  /** Opens folders on the desktop of this app, wherever Drover runs. */
  readonly openFolder: OpenOnDesktop;
  /** Serves a page of this app. */
  acceptPort(port: PortLike): void;
}

export interface OpenDroverOptions extends HostOptions {
  /** The Drover in the other process has ended. Comes at most once. */
  onLost(): void;
}

/** A refusal, with a page that shows the Drover which is in the way, where there is one. */
export type OpenRefusal = { ok: false; rejection: Rejection; page?: string };

/** A Drover that has the data folder and cannot be reached is only just opening, or closing. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 250;

/**
 * Opens the core and the server in this process; or, when another process has the data folder already, shows the Drover
 * of that one. Refused with a sentence where neither can be done, in some seconds either.
 */
export async function openDrover(options: OpenDroverOptions): Promise<Outcome<Drover> | OpenRefusal> {
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
    const other = endpoint === null ? host : await attach({ endpoint, version: droverVersion(), ...options });
    if (other.ok || 'page' in other || Date.now() - began > PATIENCE_MS) return other;
  }
}

function ownDrover({ core: { api, events }, server, desktop }: Host): Drover {
  return {
    isElsewhere: false,
    address: server.address,
    api,
    subscribe: events.subscribe,
    openFolder: desktop,
    acceptPort: server.acceptPort,
  };
}
