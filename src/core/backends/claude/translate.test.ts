import { beforeEach, expect, test } from 'vitest';
import type { SessionEntry, SessionReport } from '../backend.ts';
import type { Message } from './protocol.ts';
import { createTranslator, type Translator } from './translate.ts';

let entries: SessionEntry[];
let deltas: Parameters<SessionReport['delta']>[0][];
let sessions: [string, string | null][];
let commands: readonly string[][];
let translator: Translator;

beforeEach(() => {
  entries = [];
  deltas = [];
  sessions = [];
  commands = [];
  translator = createTranslator({
    started: () => {},
    session: (id, model) => sessions.push([id, model]),
    entry: (entry) => entries.push(entry),
    delta: (delta) => deltas.push(delta),
    background: () => {},
    commands(names) {
      commands = [...commands, [...names]];
    },
    alive: () => {},
  });
});

const take = (...messages: Message[]) => {
  for (const message of messages) translator.take(message);
};
const stream = (event: object, parent: string | null = null): Message => ({
  type: 'stream_event',
  parent_tool_use_id: parent,
  event,
});
const start = (id: string) => stream({ type: 'message_start', message: { id } });
const block = (index: number, type: string) => stream({ type: 'content_block_start', index, content_block: { type } });
const grow = (index: number, delta: object) => stream({ type: 'content_block_delta', index, delta });
const assistant = (id: string, content: object, parent: string | null = null): Message => ({
  type: 'assistant',
  parent_tool_use_id: parent,
  message: { id, content: [content] },
});
const system = (subtype: string, more: object): Message => ({ type: 'system', subtype, ...more });

test('the deltas of a block have the id of its whole', () => {
  take(
    start('m1'),
    block(0, 'thinking'),
    grow(0, { type: 'thinking_delta', thinking: 'hm' }),
    grow(0, { type: 'signature_delta', signature: 'c2ln' }),
    assistant('m1', { type: 'thinking', thinking: 'hm' }),
    block(1, 'text'),
    grow(1, { type: 'text_delta', text: 'a' }),
    assistant('m1', { type: 'text', text: 'a' }),
    block(2, 'tool_use'),
    grow(2, { type: 'input_json_delta', partial_json: '{' }),
    assistant('m1', { type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'ls' } }),
    block(3, 'text'),
    grow(3, { type: 'text_delta', text: 'b' }),
    assistant('m1', { type: 'text', text: 'b' }),
  );
  const ids = entries.flatMap((entry) => ('entryId' in entry ? [entry.entryId] : []));
  expect(deltas.map((delta) => delta.entryId)).toEqual(ids);
  expect(deltas.map((delta) => delta.kind)).toEqual(['thinking', 'text', 'text']);
  expect(new Set(ids).size).toBe(3);
  expect(entries[2]).toEqual({
    type: 'tool-called',
    callId: 't1',
    call: { kind: 'command', title: 'Bash', command: 'ls', field: 'command' },
    input: '{"command":"ls"}',
    parent: null,
  });
});

test('two threads that speak at once are kept apart', () => {
  take(
    start('m1'),
    block(0, 'text'),
    stream({ type: 'message_start', message: { id: 's1' } }, 'call'),
    stream({ type: 'content_block_start', index: 0, content_block: { type: 'text' } }, 'call'),
    stream({ type: 'content_block_delta', index: 0, delta: { text: 'sub' } }, 'call'),
    grow(0, { type: 'text_delta', text: 'main' }),
    assistant('s1', { type: 'text', text: 'sub' }, 'call'),
    assistant('m1', { type: 'text', text: 'main' }),
  );
  expect(entries).toMatchObject([
    { text: 'sub', parent: 'call' },
    { text: 'main', parent: null },
  ]);
  expect(deltas.map((delta) => delta.entryId)).toEqual(entries.map((entry) => 'entryId' in entry && entry.entryId));
});

test('results of tools as text', () => {
  const result = (content: unknown, is_error?: boolean): Message => ({
    type: 'user',
    message: { content: [{ type: 'tool_result', tool_use_id: 't1', content, is_error }] },
  });
  take(result('plain'), result([{ type: 'text', text: 'a' }, { type: 'image' }], true), result(undefined));
  expect(entries).toMatchObject([
    { type: 'tool-settled', callId: 't1', ok: true, output: 'plain' },
    { ok: false, output: 'a\n[image]' },
    { ok: true, output: '' },
  ]);
});

test('calls without a result are settled at the end, once', () => {
  take(assistant('m1', { type: 'tool_use', id: 't1', name: 'Bash', input: {} }));
  translator.end('It died.');
  translator.end('It died.');
  expect(entries.slice(1)).toEqual([
    { type: 'tool-settled', callId: 't1', ok: false, output: 'No result. It died.', durationMs: null },
  ]);
});

test('a session is confirmed when the model has spoken, and again only when it changes', () => {
  const init = (session_id: string) => system('init', { session_id, model: 'opus' });
  take(init('s1'));
  expect(sessions).toEqual([]);
  take(assistant('m1', { type: 'text', text: 'a' }), init('s1'), assistant('m2', { type: 'text', text: 'b' }));
  expect(sessions).toEqual([['s1', 'opus']]);
  take(init('s2'), { type: 'result' });
  expect(sessions).toEqual([
    ['s1', 'opus'],
    ['s2', 'opus'],
  ]);
});

test.each([
  [
    'api_retry',
    { error_status: 529, retry_delay_ms: 520, attempt: 1, max_retries: 4 },
    'api-retry',
    /status 529; trying again in 0.5 s \(attempt 1 of 4\)/,
  ],
  ['api_retry', { error_status: null, retry_delay_ms: 1100 }, 'api-retry', /could not be reached/],
  [
    'model_fallback',
    { original_model: 'a', fallback_model: 'b' },
    'model-fallback',
    /model a is overloaded; b continues/,
  ],
  ['compact_boundary', {}, 'compacted', /summarised/],
  ['task_notification', { summary: 'Background command "x" completed' }, 'background-ended', /completed/],
  ['informational', { content: 'Something', level: 'info' }, 'program', /Something/],
] as const)('%s is a notice', (subtype, fields, code, words) => {
  take(system(subtype, fields));
  expect(entries).toMatchObject([{ type: 'notice', code, words: expect.stringMatching(words) }]);
});

test('what is not known or not whole says nothing', () => {
  take(
    { type: 'user' },
    { type: 'assistant', message: 3 },
    system('new', {}),
    { type: 'other' },
    stream({ type: 'x' }),
  );
  expect(entries).toEqual([]);
});

test('the commands of the program are told, but for those that leave the session', () => {
  const init = { type: 'system', subtype: 'init', session_id: 's', model: 'm' };
  take({ ...init, slash_commands: ['compact', 'clear', 'review', 7] });
  take({ ...init, slash_commands: 'none' });
  expect(commands).toEqual([['compact', 'review'], []]);
});
