import type { Approval } from '../../contract/approval/state.ts';

const COLUMNS: readonly (readonly [name: string, of: (approval: Approval) => string | number | null])[] = [
  ['id', ({ id }) => id],
  ['asked', ({ askedAt }) => time(askedAt)],
  ['settled', ({ settledAt }) => time(settledAt)],
  ['task', ({ taskId }) => taskId],
  ['task title', ({ taskTitle }) => taskTitle],
  ['project', ({ projectId }) => projectId],
  ['run', ({ runId }) => runId],
  ['kind', ({ kind }) => kind],
  ['tool', ({ tool }) => tool],
  ['title', ({ title }) => title],
  ['folder', ({ folder }) => folder],
  ['status', ({ status }) => status],
  ['asked because', ({ reason }) => reason?.words ?? null],
  ['decided by', ({ decision }) => decision?.by ?? null],
  ['from', ({ decision }) => decision?.from ?? null],
  ['scope', ({ decision }) => decision?.scope ?? null],
  ['rule', ({ decision }) => decision?.ruleId ?? null],
  ['words', ({ decision }) => decision?.words ?? null],
  ['followed', ({ followed }) => followed],
];

/** One row of the export: an approval, and the beginning of its exact input as JSON text. */
export type ExportRow = Approval & { input: string };

/**
 * Comma-separated values after RFC 4180, with a first line of names where `head`. Spreadsheets run cells that begin
 * like a formula, and agents write what is in them: such a cell begins with an apostrophe.
 */
export function toCsv(rows: readonly ExportRow[], head: boolean): string {
  const lines = rows.map((row) => [...COLUMNS.map(([, of]) => cell(of(row))), cell(row.input)].join(','));
  if (head) lines.unshift([...COLUMNS.map(([name]) => name), 'input'].join(','));
  return lines.map((line) => `${line}\r\n`).join('');
}

/** One JSON object a line. */
export function toJsonLines(rows: readonly ExportRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
  return /["',\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
