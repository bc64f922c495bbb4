import { expect, test } from 'vitest';
import { type ExportRow, toCsv, toJsonLines } from './export.ts';

const row = (change: Partial<ExportRow> = {}): ExportRow => ({
  id: 'q00000001',
  taskId: 'a00000001',
  taskTitle: 'A task',
  projectId: 'p00000001',
  runId: 'a00000001.1',
  callId: 'c',
  kind: 'tool',
  tool: 'Bash',
  title: 'Run it',
  status: 'denied',
  reason: { by: 'autonomy', words: 'It asks.', ruleId: null, protects: null },
  folder: '/w',
  askedAt: 0,
  settledAt: 1000,
  decision: { decision: 'deny', by: 'user', from: 'tray', scope: null, ruleId: null, words: 'No.', edited: null },
  followed: 'failed',
  input: '{"command":"ls"}',
  ...change,
});

test('the first page has a line of names, and every line as many cells', () => {
  expect(toCsv([row()], true)).toBe(
    [
      'id,asked,settled,task,task title,project,run,kind,tool,title,folder,status,asked because,decided by,from,scope,rule,words,followed,input',
      'q00000001,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z,a00000001,A task,p00000001,a00000001.1,tool,Bash,Run it,/w,denied,It asks.,user,tray,,,No.,failed,"{""command"":""ls""}"',
      '',
    ].join('\r\n'),
  );
  expect(toCsv([row()], false).split('\r\n')).toHaveLength(2);
});

test.each([
  ['quotes, commas and lines', 'a "b", c\nd', '"a ""b"", c\nd"'],
  ['a formula', '=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['one with plus', '+1', `"'+1"`],
  ['one with minus', '-1', `"'-1"`],
  ['one with at', '@SUM(A1)', `"'@SUM(A1)"`],
  ['one behind spaces', '  =1', `"'  =1"`],
  ['one behind a tab', '\t=1', `"'\t=1"`],
  ['one behind a line break', '\r\n=1', `"'\r\n=1"`],
  ['one behind what cannot be seen', '\u200b=1', `"'\u200b=1"`],
  ['one in wide letters', '＝1', `"'＝1"`],
  ['no formula', 'a=b', 'a=b'],
])('%s in a cell', (_, title, cell) => {
  const line = toCsv([row({ title })], false);
  expect(line).toContain(`,Bash,${cell},/w,`);
});

test('JSON lines are read back as they were', () => {
  const rows = [row(), row({ title: 'line\nbreak\u2028', status: 'pending', decision: null })];
  const lines = toJsonLines(rows).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
});
