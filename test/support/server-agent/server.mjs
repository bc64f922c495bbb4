// An agent program that is quite unlike Claude Code: one process serves many sessions, its tools have other names and
// inputs, calls are counted, and files are changed by patches. JSON lines on standard input and output; it ends with its
// input. Argument: the folder where it keeps what sessions were told.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [, , memory = '.'] = process.argv;
mkdirSync(memory, { recursive: true });
/** @type {Map<string, { cwd: string, told: string[], stop: (() => void) | null }>} */
const sessions = new Map();
/** @type {Map<number, (allowed: boolean) => void>} */
const asked = new Map();
let calls = 0;

/** @param {Record<string, unknown>} message */
const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
/** @param {string} session */
const fileOf = (session) => join(memory, `${session}.json`);

/** @type {Record<string, (session: string, cwd: string, told: string[], stopped: Promise<void>) => Promise<Record<string, unknown> | void>>} */
const PLAYS = {
  async plain(session) {
    send({ session, type: 'grow', no: ++calls, text: 'All ' });
    send({ session, type: 'grow', no: calls, text: 'is ' });
    send({ session, type: 'say', no: calls, text: 'All is done.' });
  },
  async run(session) {
    const no = ++calls;
    send({ session, type: 'call', no, tool: 'shell', input: { argv: ['sh', '-c', 'echo read'] } });
    send({ session, type: 'called', no, exit: 0, output: 'read\n' });
  },
  async endless(session, _cwd, _told, stopped) {
    send({ session, type: 'grow', no: ++calls, text: 'On and on' });
    await stopped;
    send({ session, type: 'say', no: calls, text: 'On and on' });
  },
  async die() {
    process.exit(3);
  },
  async write(session, cwd, _told, stopped) {
    const no = ++calls;
    const input = { patch: '*** Add File: asked.txt\n+x\n' };
    send({ session, type: 'call', no, tool: 'apply_patch', input });
    const answer = new Promise((resolve) => asked.set(no, resolve));
    send({ session, type: 'ask', no, tool: 'apply_patch', input });
    const allowed = await Promise.race([answer, stopped.then(() => false)]);
    if (allowed) writeFileSync(join(cwd, 'asked.txt'), 'x\n');
    send({ session, type: 'called', no, exit: allowed ? 0 : 1, output: allowed ? 'Done.' : 'Not allowed.' });
  },
  transient: async () => ({ error: 'busy', passes: true }),
  permanent: async () => ({ error: 'no licence', passes: false }),
  async recall(session, _cwd, told) {
    send({ session, type: 'say', no: ++calls, text: told.join('\n') });
  },
};

/** @param {string} session @param {string} text */
async function play(session, text) {
  const open = sessions.get(session);
  if (!open) return;
  open.told.push(text);
  writeFileSync(fileOf(session), JSON.stringify(open.told));
  let interrupted = false;
  const stopped = new Promise((resolve) => {
    open.stop = () => {
      interrupted = true;
      resolve(undefined);
    };
  });
  // A line of its own, wherever it stands in a longer prompt.
  const name = text.split('\n').find((line) => Object.hasOwn(PLAYS, line)) ?? '';
  const how = await PLAYS[name]?.(session, open.cwd, open.told, stopped);
  open.stop = null;
  send({ session, type: 'done', interrupted, tokens: text.length, ...how });
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { op, session, ...given } = JSON.parse(line);
    if (op === 'open') {
      const known = existsSync(fileOf(session)) ? JSON.parse(readFileSync(fileOf(session), 'utf8')) : null;
      if (given.resume && known === null) return send({ session, type: 'unknown' });
      sessions.set(session, { cwd: given.cwd, told: known ?? [], stop: null });
      send({ session, type: 'opened' });
    } else if (op === 'prompt') void play(session, given.text);
    else if (op === 'interrupt') sessions.get(session)?.stop?.();
    else if (op === 'answer') asked.get(given.no)?.(given.allowed);
    else if (op === 'close') {
      sessions.get(session)?.stop?.();
      sessions.delete(session);
    }
    return undefined;
  })
  .on('close', () => process.exit(0));
