import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** A page of a program that listens for developers' tools (the Chrome DevTools Protocol). */
export interface DevtoolsPage {
  /** Runs an expression in the page and returns its value; a promise is waited for. */
  evaluate<T>(expression: string): Promise<T>;
  send(method: string, params?: object): Promise<Record<string, unknown>>;
}

export interface Devtools {
  /** The first page, there already or still to come, whose address holds `part`. */
  page(part: string): Promise<DevtoolsPage>;
  close(): void;
}

interface Message {
  id?: number;
  method?: string;
  sessionId?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

interface Target {
  targetId: string;
  type: string;
  url: string;
}

/**
 * Connects to a program; every page that it opens from now on runs `script` before its own scripts. Less than what
 * Playwright does, which holds the program until it is ready itself.
 */
export async function connectDevtools(address: string, script: string): Promise<Devtools> {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  const asked = new Map<number, { done(result: Record<string, unknown>): void; fail(error: Error): void }>();
  const pages = new Map<string, { target: Target; page: DevtoolsPage }>();
  const waiting = new Set<() => void>();
  let lastId = 0;

  const send = (method: string, params: object = {}, sessionId?: string) =>
    new Promise<Record<string, unknown>>((done, fail) => {
      lastId += 1;
      asked.set(lastId, { done, fail });
      socket.send(JSON.stringify({ id: lastId, method, params, sessionId }));
    });

  function attached(sessionId: string, target: Target): void {
    const sendTo: DevtoolsPage['send'] = (method, params) => send(method, params, sessionId);
    const quietly = (answer: Promise<unknown>) => void answer.catch(() => {});
    if (target.type === 'page') {
      const page: DevtoolsPage = {
        async evaluate<T>(expression: string) {
          const answer = await sendTo('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
          const { result, exceptionDetails } = answer as {
            result: { value: T };
            exceptionDetails?: { text: string; exception?: { description?: string } };
          };
          if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
          return result.value;
        },
        send: sendTo,
      };
      pages.set(target.targetId, { target, page });
      quietly(sendTo('Page.enable'));
      quietly(sendTo('Page.addScriptToEvaluateOnNewDocument', { source: script }));
      // Where we came later than the page: for what happens from now on.
      quietly(sendTo('Runtime.evaluate', { expression: script }));
    }
    quietly(sendTo('Runtime.runIfWaitingForDebugger'));
    for (const look of waiting) look();
  }

  socket.on('message', (data) => {
    const { id, method, params, result, error }: Message = JSON.parse(String(data));
    if (id !== undefined) {
      const question = asked.get(id);
      asked.delete(id);
      if (error) question?.fail(new Error(error.message));
      else question?.done(result ?? {});
    } else if (method === 'Target.attachedToTarget') {
      attached(String(params?.sessionId), params?.targetInfo as Target);
    } else if (method === 'Target.targetInfoChanged') {
      const target = params?.targetInfo as Target;
      const known = pages.get(target.targetId);
      if (known) Object.assign(known.target, target);
      for (const look of waiting) look();
    } else if (method === 'Target.targetDestroyed') {
      pages.delete(String(params?.targetId));
    }
  });
  socket.on('close', () => {
    for (const { fail } of asked.values()) fail(new Error('The program has closed its connection.'));
  });
  await new Promise((done, fail) => socket.once('open', done).once('error', fail));
  socket.on('error', () => {});
  await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  await send('Target.setDiscoverTargets', { discover: true });

  const attachedPage = (part: string) =>
    new Promise<DevtoolsPage>((done) => {
      const look = () => {
        for (const { target, page } of pages.values()) {
          if (!target.url.includes(part)) continue;
          waiting.delete(look);
          done(page);
        }
      };
      waiting.add(look);
      look();
    });

  return {
    async page(part) {
      const page = await attachedPage(part);
      // The target has its address before the page is there, and what is asked until then gets no answer.
      const isThere = () =>
        page.evaluate<boolean>(`location.href.includes(${JSON.stringify(part)})`).catch(() => false);
      while (!(await isThere())) await sleep(1);
      return page;
    },
    close: () => socket.terminate(),
  };
}
