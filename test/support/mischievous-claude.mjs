// A program that speaks just enough of the protocol of Claude Code to break it. What it does is the text of the prompt,
// or, before the first prompt, DROVER_TEST_MISCHIEF.
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';

const start = process.env.DROVER_TEST_MISCHIEF ?? '';
if (process.argv.includes('--version')) {
  process.stdout.write(start.startsWith('version ') ? `${start.slice(8)}\n` : '2.1.329 (Claude Code)\n');
  process.exit(0);
}
if (start === 'exits') {
  process.stderr.write('The disk is on fire.\n');
  process.exit(7);
}

const session = 'a-session';
const raw = (bytes) =>
  new Promise((resolve) => {
    if (process.stdout.write(bytes)) resolve();
    else process.stdout.once('drain', resolve);
  });
const say = (message) => raw(`${JSON.stringify({ session_id: session, ...message })}\n`);
const state = (name) => say({ type: 'system', subtype: 'session_state_changed', state: name });
const says = (text, id = 'msg_1') =>
  say({ type: 'assistant', message: { id, content: [{ type: 'text', text }] }, parent_tool_use_id: null });
const result = (uuid, more = {}) =>
  say({ type: 'result', subtype: 'success', is_error: false, user_message_uuids: [uuid], num_turns: 1, ...more });
const calls = (id) => {
  const content = [{ type: 'tool_use', id, name: 'Bash', input: { command: 'npm publish' } }];
  return say({ type: 'assistant', message: { id: 'msg_1', content }, parent_tool_use_id: null });
};
const settles = (id, meta, isError = false) => {
  const content = [{ type: 'tool_result', tool_use_id: id, content: 'x', is_error: isError }];
  return say({ type: 'user', message: { content }, ...(meta && { tool_result_meta: [{ id, ...meta }] }) });
};
const asks = async (id) => {
  await state('running');
  await calls(id);
  const input = { command: 'npm publish' };
  const request = { subtype: 'can_use_tool', tool_name: 'Bash', input, tool_use_id: id };
  await say({ type: 'control_request', request_id: 'q1', request });
  await say({ type: 'control_cancel_request', request_id: 'q1' });
};

const mischief = {
  async garbage(uuid) {
    await raw('no json\n\n   \n{"type":\n[1,2]\n42\nnull\n"text"\n{"type":5}\n{"no":"type"}\n\u0000\u0001\n');
    await say({ type: 'never_heard_of', payload: { deep: [1] } });
    await say({ type: 'system', subtype: 'never_heard_of' });
    await say({ type: 'assistant' });
    await say({ type: 'assistant', message: { content: 'a bare text' } });
    await say({ type: 'user', message: { content: [null, 3, { type: 'tool_result' }] } });
    await say({ type: 'stream_event', event: { type: 'content_block_delta', index: 'x' } });
    await say({ type: 'control_response' });
    await say({ type: 'control_request' });
    await raw('{"type":"system","subtype":"init"}\r\n');
    await says('Still here.');
    await result(uuid, { usage: 'none', modelUsage: [], total_cost_usd: 'much' });
  },
  async split(uuid) {
    const lines = [
      { type: 'assistant', message: { id: 'msg_1', content: [{ type: 'text', text: 'Grüße 🦆 from 東京' }] } },
      { type: 'result', subtype: 'success', is_error: false, user_message_uuids: [uuid] },
    ];
    for (const byte of Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\r\n')}\n`)) {
      await raw(Buffer.from([byte]));
      await turn();
    }
  },
  // A command that nobody asked about, as when a setting lets it through; then it would go on for ever.
  async 'runs unasked'() {
    await state('running');
    await calls('toolu_1');
    await settles('toolu_1', { permission_decision: { decision: 'accept', source: 'config' } });
  },
  // A hook answers a question that is open; the command then goes on for ever, or has an end.
  async 'a hook answers'() {
    await asks('toolu_1');
    await settles('toolu_1', { permission_decision: { decision: 'accept', source: 'hook' } });
  },
  async 'a hook answers, and it goes on'() {
    await asks('toolu_1');
  },
  async 'a hook refuses'(uuid) {
    await asks('toolu_1');
    await settles('toolu_1', { permission_decision: { decision: 'reject', source: 'hook' } });
    await result(uuid);
    await state('idle');
  },
  // What is no breach: a call that could not be read, of a tool that there is not.
  async 'a bad call'(uuid) {
    await calls('toolu_1');
    await settles('toolu_1', undefined, true);
    await result(uuid);
  },
  async flood(uuid) {
    const line = Buffer.from(`${JSON.stringify({ type: 'noise', text: 'x'.repeat(1024 * 1024) })}\n`);
    for (let i = 0; i < 300; i += 1) await raw(line);
    await result(uuid);
  },
  async 'long-line'(uuid) {
    await state('running');
    await result(uuid, { result: 'x'.repeat(40 * 1024 * 1024) });
    await say({ type: 'command_lifecycle', command_uuid: uuid, state: 'completed' });
    await state('idle');
  },
  async foreign(uuid) {
    await state('running');
    await result('another-uuid', { is_error: true, result: 'Not ours.' });
    await state('idle');
    await says('Ours.');
    await result(uuid);
  },
  async die() {
    await says('Last words.');
    await say({
      type: 'assistant',
      message: { id: 'msg_2', content: [{ type: 'tool_use', id: 'toolu_1', name: 'Bash' }] },
    });
    process.stderr.write('Segmentation fault\n', () => process.exit(139));
  },
  async ask(uuid) {
    await say({ type: 'control_request', request_id: 'q1', request: { subtype: 'elicitation' } });
    const answer = await new Promise((resolve) => {
      answered = resolve;
    });
    await says(JSON.stringify(answer));
    await result(uuid);
  },
  async mute() {
    await says('Never again.');
  },
};

let answered = () => {};
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.type === 'control_response') answered(message.response);
  else if (message.type === 'user') void mischief[message.message.content](message.uuid);
  else if (message.request?.subtype === 'initialize') {
    const mode = start === 'wrong-mode' ? 'bypassPermissions' : 'default';
    const response = {
      subtype: 'success',
      request_id: message.request_id,
      response: { current_permission_mode: mode },
    };
    await say({ type: 'control_response', response });
  }
}
