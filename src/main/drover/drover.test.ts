import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHost, type TestHost } from '../../../test/support/host.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { eventually } from '../../../test/support/until.ts';
import { clientOverPort } from '../../contract/connection/port.ts';
import { createScope, type Scope } from '../../core/base/scope.ts';
import { PERSON } from '../../core/core-api.ts';
import { createLogging, type Logging } from '../../host/logging.ts';
import type { PortLike } from '../../server/rpc-port.ts';
import { attach } from './attach.ts';
import { openDrover } from './drover.ts';

let host: TestHost;
let temp: Awaited<ReturnType<typeof createTempFolder>>;
let logging: Logging;
let scope: Scope;

beforeEach(async () => {
  host = await createHost();
  temp = await createTempFolder();
  logging = createLogging({ dataFolder: temp.path });
  scope = createScope();
});
afterEach(async () => {
  await scope.close();
  await host.remove();
  await logging.close();
  await temp.remove();
});

function attachTo(more: { url?: string; version?: string } = {}) {
  const { address, server } = host;
  const endpoint = { url: address, token: server.token, pid: 1, startTime: '', version: '0.0.0-test' };
  const onLost = vi.fn();
  const { version = '0.0.0-test', ...other } = more;
  const { dataFolder } = host;
  return {
    onLost,
    opened: attach({ endpoint: { ...endpoint, ...other }, dataFolder, version, logging, scope, onLost }),
  };
}

/** One end as Electron's main process has it, the other as a page has it. */
function channel() {
  const { port1, port2 } = new MessageChannel();
  const listeners: ((event: { data: unknown }) => void)[] = [];
  port2.on('message', (data) => {
    for (const listener of listeners) listener({ data });
  });
  const port = {
    on(event: 'message' | 'close', listener: (event: { data: unknown }) => void) {
      if (event === 'message') listeners.push(listener);
      else port2.on('close', () => listener({ data: null }));
    },
    postMessage: (message: unknown) => port2.postMessage(message),
    start: () => port2.start(),
    close: () => port2.close(),
  } as PortLike;
  return { port, page: port1 };
}

describe('the Drover of another process', () => {
  it('answers with values, refusals among them, and tells what happens', async () => {
    const opened = await attachTo().opened;
    if (!opened.ok) throw new Error(opened.rejection.message);
    const drover = opened.value;
    const stop = new AbortController();
    const heard = (async () => {
      for await (const message of drover.subscribe({}, stop.signal)) {
        if (message.type === 'event') return message.event.event.type;
      }
      return null;
    })();
    await eventually(async () => expect((await drover.api.settings.list(undefined, PERSON)).ok).toBe(true));
    const made = await drover.api.tasks.create({ projectId: host.projectId, goal: 'Something' }, PERSON);
    expect(made.ok && made.value.status).toBe('draft');
    expect(await heard).toBe('task.created');
    stop.abort();
    expect(await drover.api.tasks.get({ taskId: 'a00000000' }, PERSON)).toMatchObject({
      ok: false,
      rejection: { code: 'not-found', message: expect.stringMatching(/\.$/) },
    });
  });

  it('serves a page of this one, and lets go of it when it closes', async () => {
    const opened = await attachTo().opened;
    if (!opened.ok) throw new Error(opened.rejection.message);
    const { port, page } = channel();
    opened.value.acceptPort(port);
    const client = clientOverPort(page as never);
    expect(await client.projects.list()).toHaveLength(1);
    page.close();
  });

  it('names folders, and this app opens them on its own desktop', async () => {
    for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) vi.stubEnv(name, '');
    vi.stubEnv('DROVER_LOGIN_ENV', '0');
    try {
      const opened = await attachTo().opened;
      if (!opened.ok) throw new Error(opened.rejection.message);
      expect(await opened.value.openFolder({ what: 'data' })).toMatchObject({
        rejection: { message: `Drover has no screen here to open ${host.dataFolder} on.` },
      });
      expect(
        await opened.value.openFolder({ what: 'workspace', workspaceId: 'a00000000-1', in: 'files' }),
      ).toMatchObject({
        rejection: { code: 'not-found', message: 'There is no workspace a00000000-1.' },
      });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('opens folders in the environment of the shell that is chosen there', async () => {
    await host.core.api.settings.set({ key: 'shell.program', value: ['/gone/shell'] }, PERSON);
    const opened = await attachTo().opened;
    if (!opened.ok) throw new Error(opened.rejection.message);
    await opened.value.openFolder({ what: 'data' });
    await eventually(async () =>
      expect(await readFile(logging.file, 'utf8')).toContain('/gone/shell of the setting shell.program was not found'),
    );
  });

  it('tells once when it has ended', async () => {
    const { onLost, opened } = attachTo();
    expect((await opened).ok).toBe(true);
    await host.close();
    await eventually(() => expect(onLost).toHaveBeenCalledOnce());
  });

  it('is refused with words when it does not answer', async () => {
    const { onLost, opened } = attachTo({ url: 'http://127.0.0.1:9' });
    expect(await opened).toMatchObject({ ok: false, rejection: { message: expect.stringContaining('not answer') } });
    expect(onLost).not.toHaveBeenCalled();
  });

  it('of another version is offered in the browser', async () => {
    const refused = await attachTo({ version: '9.9.9' }).opened;
    expect(refused).toMatchObject({ ok: false, rejection: { message: expect.stringContaining('9.9.9') } });
    expect('page' in refused && refused.page).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\?t=/);
  });

  it('that is just closing is waited for, and then this one opens the data itself', async () => {
    const options = { dataFolder: host.dataFolder, port: null, inBackground: false, logging, scope, onLost: vi.fn() };
    const opening = openDrover(options);
    await eventually(async () => expect(await readFile(logging.file, 'utf8')).toContain('starting'));
    await host.close();
    const opened = await opening;
    expect(opened).toMatchObject({ ok: true, value: { isElsewhere: false } });
  });

  it('is not looked for when it is the port that another program has', async () => {
    const port = Number(new URL(host.address).port);
    const dataFolder = path.join(temp.path, 'data');
    const options = { dataFolder, port, inBackground: false, logging, scope, onLost: vi.fn() };
    expect(await openDrover(options)).toMatchObject({
      ok: false,
      rejection: { message: expect.stringContaining(`Port ${port}`) },
    });
  });
});
