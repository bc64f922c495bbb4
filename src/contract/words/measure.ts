import type { Usage } from '../run/usage.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took, from milliseconds: `0 ms`, `1.2 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `2 d 4 h`. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9950) return `${(ms / SECOND).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return two(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  return span(seconds * SECOND);
}

/** How long something has been going on, in whole steps for a clock that counts: `45 s`, `12 min`, `3 h 5 min`. */
export function span(ms: number): string {
  const rest = Math.max(0, ms);
  if (rest < MINUTE) return `${Math.floor(rest / SECOND)} s`;
  if (rest < HOUR) return `${Math.floor(rest / MINUTE)} min`;
  if (rest < DAY) return two(Math.floor(rest / HOUR), 'h', Math.floor((rest % HOUR) / MINUTE), 'min');
  return two(Math.floor(rest / DAY), 'd', Math.floor((rest % DAY) / HOUR), 'h');
}

/** The time from `at` to `now` in one word: `now`, `5 min`, `3 h`, `12 d`. */
export function age(at: number, now: number): string {
  const ms = now - at;
  if (ms < MINUTE) return 'now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  return ms < DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}

/** The same in a sentence: `now`, `5 min ago`. */
export function ago(at: number, now: number): string {
  const words = age(at, now);
  return words === 'now' ? words : `${words} ago`;
}

/** Local date and time to the minute: `2026-03-01 14:05`. */
export function dateTime(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The same to the second: `2026-03-01 14:05:09`. */
export function dateTimeExact(at: number): string {
  return `${dateTime(at)}:${pad(new Date(at).getSeconds())}`;
}

/** Local time of day: `14:05:09`. */
export function clock(at: number): string {
  return dateTimeExact(at).slice(11);
}

/** A count in short: `950`, `1.2k`, `34k`, `1.2M`. */
export function count(n: number): string {
  if (n < 1000) return String(n);
  if (n < 9950) return `${(n / 1000).toFixed(1)}k`;
  return n < 999_500 ? `${Math.round(n / 1000)}k` : `${(n / 1_000_000).toFixed(1)}M`;
}

const SIZES = ['kB', 'MB', 'GB', 'TB'] as const;

/** How much room something takes, in steps of 1000: `812 bytes`, `4.2 kB`, `50 MB`. */
export function bytes(n: number): string {
  if (n < 1000) return plural(n, 'byte');
  let size = n / 1000;
  let step = 0;
  while (size >= 999.5 && step < SIZES.length - 1) {
    size /= 1000;
    step += 1;
  }
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${SIZES[step]}`;
}

/** US dollars, to the cent; empty for nothing. */
export function cost(usd: number): string {
  if (usd <= 0) return '';
  return usd < 0.01 ? '<$0.01' : `$${usd.toFixed(2)}`;
}

/** Tokens in words: `1.2k in, 340 out, 10k cached`; empty when none are known. Cached are those read from a cache. */
export function tokens(usage: Usage): string {
  const input = usage.inputTokens + usage.cacheWriteTokens;
  if (input + usage.outputTokens + usage.cacheReadTokens === 0) return '';
  const cached = usage.cacheReadTokens > 0 ? `, ${count(usage.cacheReadTokens)} cached` : '';
  return `${count(input)} in, ${count(usage.outputTokens)} out${cached}`;
}

/** `1 item`, `2 items`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
