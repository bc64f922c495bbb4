// @ts-check
import { createInterface } from 'node:readline';

/**
 * An agent program that speaks the demo agent's protocol and stands in its place in a copy of the build. What it does is
 * said by a line of the prompt:
 *
 *     bench: stream n=100 seconds=10    grows text n times a second; each piece is the time, in ms since 1970
 *     bench: ask count=20 gap=300       asks for leave so often, `gap` ms after the answer before
 *
 * The command that it asks for carries the time (`--at`, ms since 1970) and the tick of the monotonic clock that all
 * processes share (`--tick`, in ns); after each answer it says the same of when that had come.
 * It is plain JavaScript because the Node inside Electron runs it too.
 */
const PIECES_IN_ENTRY = 100;

/** @type {Map<number, (answer: { decision: string }) => void>} */
const questions = new Map();
let entries = 0;
let interrupted = false;

createInterface({ input: process.stdin })
  .on('line', (line) => void handle(JSON.parse(line)))
  .on('close', () => process.exit(0));

/** @param {{ type: string, open?: { sessionId: string }, text?: string, id?: number, answer?: { decision: string } }} message */
async function handle(message) {
  if (message.type === 'open') {
    write({ type: 'opened', sessionId: message.open?.sessionId, model: null });
  } else if (message.type === 'prompt') {
    interrupted = false;
    await work(message.text ?? '');
    const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
    const result = interrupted ? 'interrupted' : 'ok';
    write({ type: 'result', result: { result, error: null, usage, costUsd: 0, retryAfterMs: null } });
  } else if (message.type === 'interrupt') {
    interrupted = true;
  } else if (message.type === 'answer' && message.id !== undefined && message.answer) {
    const tick = process.hrtime.bigint();
    say(`answered --at ${Date.now()} --tick ${tick}`);
    questions.get(message.id)?.(message.answer);
  }
}

/** @param {string} prompt */
async function work(prompt) {
  const [, name, words = ''] = /^bench: (\w+)(.*)$/m.exec(prompt) ?? [];
  const values = Object.fromEntries(
    words
      .trim()
      .split(/\s+/)
      .map((word) => word.split('=')),
  );
  if (name === 'stream') await stream(Number(values.n), Number(values.seconds));
  else if (name === 'ask') await ask(Number(values.count), Number(values.gap));
}

/**
 * @param {number} perSecond
 * @param {number} seconds
 */
async function stream(perSecond, seconds) {
  const began = performance.now();
  const total = perSecond * seconds;
  let entryId = nextEntry();
  let text = '';
  for (let sent = 0; sent < total && !interrupted; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond) + 1);
    for (; sent < due; ) {
      const piece = `${Date.now()} `;
      write({ type: 'delta', entryId, kind: 'text', text: piece });
      text += piece;
      sent += 1;
      if (sent % PIECES_IN_ENTRY !== 0) continue;
      write({ type: 'entry', entry: { type: 'text', entryId, text, parent: null } });
      entryId = nextEntry();
      text = '';
    }
    await wait(1000 / perSecond);
  }
}

/**
 * @param {number} count
 * @param {number} gap
 */
async function ask(count, gap) {
  for (let id = 1; id <= count && !interrupted; id += 1) {
    await wait(gap);
    const callId = nextEntry();
    const answered = new Promise((resolve) => questions.set(id, resolve));
    const input = { command: `publish --step ${id} --at ${Date.now()} --tick ${process.hrtime.bigint()}` };
    write({ type: 'ask', id, callId, tool: 'Bash', input, reason: 'The agent of the bench asks.' });
    await answered;
  }
}

function nextEntry() {
  entries += 1;
  return `${process.pid}-${entries}`;
}

/** @param {string} text */
function say(text) {
  write({ type: 'entry', entry: { type: 'text', entryId: nextEntry(), text, parent: null } });
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @param {Record<string, unknown>} message */
function write(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
