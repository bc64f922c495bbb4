import type { Usage } from '../../contract/run/usage.ts';

/** Milliseconds in short: `0 ms`, `1.2 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** How long ago in one word: `now`, `5 min`, `3 h`, `12 d`. */
export function age(now: number, at: number): string {
  const minutes = Math.floor(Math.max(0, now - at) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** Local date and time to the minute: `2026-03-01 14:05`. */
export function dateTime(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A count in short: `950`, `1.2k`, `34k`, `1.2M`. */
export function count(n: number): string {
  if (n < 1000) return String(n);
  if (n < 9950) return `${(n / 1000).toFixed(1)}k`;
  if (n < 999_500) return `${Math.round(n / 1000)}k`;
  return `${(n / 1_000_000).toFixed(1)}M`;
}

/** Bytes in short: `12 bytes`, `34 KB`, `1.2 MB`. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} bytes`;
  if (n < 1_000_000) return `${Math.round(n / 1000)} KB`;
  return `${(n / 1_000_000).toFixed(1)} MB`;
}

/** Dollars: cents, and finer below ten cents. Empty when nothing was spent. */
export function cost(usd: number): string {
  if (usd <= 0) return '';
  return `$${usd.toFixed(usd < 0.1 ? 4 : 2)}`;
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
