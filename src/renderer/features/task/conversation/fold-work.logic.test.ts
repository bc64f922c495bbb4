import { describe, expect, test } from 'vitest';
import { cpuMs } from '../../../../../test/support/cpu-time.ts';
import type { ToolCall } from '../../../../contract/run/tool-call.ts';
import type { Row, RowOf } from './conversation.logic.ts';
import { createFolder, type Shown } from './fold-work.logic.ts';

let no = 0;
const base = () => {
  no += 1;
  return { key: String(no), at: no, run: 1 };
};
const long = (text: string) => ({ text, bytes: text.length, blob: null });
const command: ToolCall = { kind: 'command', title: 'Bash', command: 'ls' };
const own: ToolCall = { kind: 'checklist', title: 'mcp__drover__item_set', tool: 'item_set' };
const done = { ok: true, output: long('out'), durationMs: 5 };
const tool = (call: ToolCall = command, more: Partial<RowOf<'tool'>> = {}): RowOf<'tool'> => ({
  ...base(),
  kind: 'tool',
  call,
  callId: String(no),
  input: long('{}'),
  parent: null,
  root: null,
  result: done,
  decided: null,
  asks: false,
  dropped: false,
  ...more,
});
const text = (): Row => ({ ...base(), kind: 'text', content: long('words'), parent: null });
const thought = (): Row => ({ ...base(), kind: 'thinking', contents: [long('hm')], parent: null });
const fold = (rows: readonly Row[]) => createFolder().fold(rows);
const shape = (shown: readonly Shown[]) => shown.map((one) => (one.kind === 'work' ? one.rows.length : one.kind));

describe('calls that follow each other', () => {
  test('are one row, with the thoughts between them; one alone stays as it is', () => {
    expect(shape(fold([text(), tool(), thought(), tool(), text(), tool(), text()]))).toEqual([
      'text',
      3,
      'text',
      'tool',
      'text',
    ]);
    expect(shape(fold([thought(), tool(), text()]))).toEqual(['thinking', 'tool', 'text']);
  });

  test('are not those of another agent', () => {
    expect(shape(fold([tool(), tool(), tool(command, { parent: '1' }), tool(command, { parent: '1' })]))).toEqual([
      2, 2,
    ]);
  });

  test('leave out reports to the checklist, which are told by what they change, unless they were refused', () => {
    const refused = { ok: false, output: long('Item 1 is blocked'), durationMs: 1 };
    expect(shape(fold([tool(own, { result: null }), tool(own)]))).toEqual([]);
    expect(shape(fold([tool(), tool(own), tool()]))).toEqual([2]);
    expect(shape(fold([tool(), tool(), tool(own, { result: refused })]))).toEqual([2, 'tool']);
  });

  test('leave alone what a person has to see: a denial, an answer, a subagent, a plan', () => {
    const deny = { decision: 'deny', by: 'user', words: '' } as const;
    const answer = { decision: 'allow', by: 'user', words: 'SQLite' } as const;
    const subagent: ToolCall = { kind: 'subagent', title: 'Task', about: 'Look' };
    for (const alone of [tool(command, { decided: deny }), tool(command, { decided: answer }), tool(subagent)]) {
      expect(shape(fold([tool(), tool(), alone, tool(), tool()]))).toEqual([2, 'tool', 2]);
    }
  });

  test('never become more than can be drawn at once', () => {
    const sizes = shape(fold(Array.from({ length: 350 }, () => tool()))) as number[];
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(350);
  });

  test('whatever comes in whatever steps, all is shown once and as if it had come at once', () => {
    const make = [text, tool, thought, () => tool(own), () => tool(command, { result: null })];
    for (let seed = 1; seed <= 40; seed += 1) {
      let random = seed;
      const next = (below: number) => {
        random = (random * 48271) % 2147483647;
        return random % below;
      };
      const folder = createFolder();
      let rows: Row[] = [];
      for (let step = 0; step < 30; step += 1) {
        rows = [...rows, ...Array.from({ length: next(4) }, () => (make[next(make.length)] ?? text)())];
        const at = next(rows.length || 1);
        const row = rows[at];
        if (row?.kind === 'tool') rows[at] = { ...row, result: next(3) === 0 ? { ...done, ok: false } : done };
        expect(folder.fold(rows)).toEqual(fold(rows));
      }
    }
  });

  test('cost little in a long conversation, and what has not changed stays the same', () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => (at % 5 === 0 ? text() : tool()));
    const folder = createFolder();
    const from = cpuMs();
    let shown = folder.fold(rows);
    expect(cpuMs() - from).toBeLessThan(500);
    const again = cpuMs();
    for (let more = 0; more < 60; more += 1) {
      const before = shown;
      rows.push(tool());
      shown = folder.fold(rows.slice());
      expect(shown[100]).toBe(before[100]);
    }
    expect(cpuMs() - again).toBeLessThan(500);
    const old = rows[51];
    const changed = rows.slice();
    if (old?.kind === 'tool') changed[51] = { ...old, dropped: true };
    const after = folder.fold(changed);
    expect(after.filter((one, at) => one !== shown[at])).toHaveLength(1);
  });
});
