import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type BinarySocket, wayOverSocket } from '../src/contract/connection/terminal-socket.ts';
import { attachTerminal, type TerminalView } from '../src/contract/connection/terminal-way.ts';
import { ENDPOINT_FILE, type Endpoint } from '../src/contract/data-folder.ts';
import type { Bench, BenchContext } from './bench.ts';
import { addProject, createPlace, type Place, startDaemon } from './support/daemon.ts';
import { peakMb, resetPeak, residentMb } from './support/process-facts.ts';
import { median, p95, spread } from './support/statistics.ts';

const LINE = 'The quick brown fox jumps over the lazy dog; then it rests for a while';
const MEMORY_LIMIT_MB = 150;
const CALL_LIMIT_MS = 100;
const STOP_LIMIT_MS = 1000;
const STOPS = 5;

/** A terminal of the daemon that prints 1 GB, with a client that keeps up and one that never reads. */
export const terminalFlood: Bench = {
  name: 'terminal-flood',
  async run({ quick, folder, scope }) {
    const megabytes = quick ? 50 : 1024;
    const place = await createPlace(folder, 5);
    const daemon = await startDaemon(place, scope);
    const { client } = daemon;
    const projectId = await addProject(daemon, place);
    await client.settings.set({ key: 'shell.program', value: ['bash', '--norc', '--noprofile'] });
    const { id: terminalId } = await client.terminals.open({ projectId });
    const text = async () => (await client.terminals.read({ terminalId, lines: 0 })).text;
    const type = (line: string) => client.terminals.send({ terminalId, text: line });
    const look = (wanted: RegExp) => untilShown(text, wanted);
    await look(/[$#]$/);

    let seen = 0;
    attach(place, scope, terminalId, (bytes) => {
      seen += bytes;
    });
    attach(place, scope, terminalId, () => new Promise(() => {}));

    resetPeak(daemon.pid);
    const before = residentMb(daemon.pid);
    const calls: number[] = [];
    const began = performance.now();
    await type(`yes '${LINE}' | head -c ${megabytes}M; echo; echo don''e\r`);
    for (;;) {
      const asked = performance.now();
      await client.tasks.list({});
      calls.push(performance.now() - asked);
      await sleep(50);
      if (calls.length % 10 === 0 && /\ndone\n/.test(await text())) break;
    }
    const seconds = (performance.now() - began) / 1000;
    const peak = peakMb(daemon.pid);
    const last = await text();
    const isRight = /lazy dog; then it rests for a while\n[^\n]*\ndone\n\S*[$#]$/.test(last);

    const stops: number[] = [];
    for (let count = 0; count < STOPS; count += 1) {
      await type('clear; yes\r');
      await look(/\ny\ny\n/);
      await sleep(300);
      const pressed = performance.now();
      await type('\x03');
      await look(/\^C\n\S*[$#]$/);
      stops.push(performance.now() - pressed);
    }
    await client.terminals.close({ terminalId, force: true });
    await daemon.stop();
    return [
      {
        what: `memory of the daemon grows by ${megabytes} MB in a terminal`,
        measured: peak - before,
        unit: 'MB',
        limit: MEMORY_LIMIT_MB,
        comparison: 'at most',
        note: `from ${before.toFixed(0)} MB to a peak of ${peak.toFixed(0)} MB; it took ${seconds.toFixed(1)} s, ${(megabytes / seconds).toFixed(1)} MB/s; one client got ${(seen / 2 ** 20).toFixed(0)} MB, one read nothing`,
      },
      {
        what: 'a call meanwhile',
        measured: p95(calls),
        unit: 'ms',
        limit: CALL_LIMIT_MS,
        comparison: 'at most',
        note: `p95 of ${spread(calls)}; the list of tasks, over the WebSocket`,
      },
      {
        what: 'Ctrl-C in a flood until the prompt is on the screen',
        measured: Math.max(...stops),
        unit: 'ms',
        limit: STOP_LIMIT_MS,
        comparison: 'at most',
        note: `the longest of ${STOPS}; median ${median(stops).toFixed(0)}`,
      },
      {
        what: 'last screens that are wrong',
        measured: isRight ? 0 : 1,
        unit: 'events',
        limit: 0,
        comparison: 'at most',
      },
    ];
  },
};

async function untilShown(text: () => Promise<string>, wanted: RegExp): Promise<void> {
  while (!wanted.test(await text())) await sleep(5);
}

/** A client that takes output as `take` does. */
function attach(
  { dataFolder }: Place,
  scope: BenchContext['scope'],
  terminalId: string,
  take: (bytes: number) => void | Promise<void>,
): void {
  const { url, token }: Endpoint = JSON.parse(readFileSync(join(dataFolder, ENDPOINT_FILE), 'utf8'));
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/terminal`, {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
  });
  const view: TerminalView = {
    screen() {},
    output: (bytes) => take(bytes.length),
    resized() {},
    exited() {},
    refused() {},
    closed() {},
  };
  const { close } = attachTerminal(wayOverSocket(socket as unknown as BinarySocket), { terminalId }, view);
  scope.add(close);
}
