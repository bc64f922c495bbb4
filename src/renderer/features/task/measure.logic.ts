import type { Usage } from '../../../contract/run/usage.ts';
import { duration } from '../../ui/format.logic.ts';

/** How long a step took: `40 ms`, `1.2 s`, then as everywhere. */
export function stepDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : duration(ms);
}

/** A count in short: `950`, `1.2k`, `34k`, `1.2M`. */
export function count(n: number): string {
  if (n < 1000) return String(n);
  if (n < 9950) return `${(n / 1000).toFixed(1)}k`;
  return n < 999_500 ? `${Math.round(n / 1000)}k` : `${(n / 1_000_000).toFixed(1)}M`;
}

/** Tokens in words: `1.2k in, 340 out, 10k cached`; empty when none are known. */
export function tokens(usage: Usage): string {
  const input = usage.inputTokens + usage.cacheWriteTokens;
  if (input + usage.outputTokens + usage.cacheReadTokens === 0) return '';
  const cached = usage.cacheReadTokens > 0 ? `, ${count(usage.cacheReadTokens)} cached` : '';
  return `${count(input)} in, ${count(usage.outputTokens)} out${cached}`;
}

/** Bytes in short: `12 bytes`, `34 KB`, `1.2 MB`. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} bytes`;
  return n < 1_000_000 ? `${Math.round(n / 1000)} KB` : `${(n / 1_000_000).toFixed(1)} MB`;
}

/** Local date and time: `2026-03-01 14:05:09`. */
export function dateTime(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(at)}`;
}

export function clock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
}
