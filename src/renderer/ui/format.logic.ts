const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took or takes: `45 s`, `12 min`, `3 h 05 min`, `2 d 4 h`. */
export function duration(ms: number): string {
  const rest = Math.max(0, ms);
  if (rest < MINUTE) return `${Math.floor(rest / SECOND)} s`;
  if (rest < HOUR) return `${Math.floor(rest / MINUTE)} min`;
  if (rest < DAY) {
    const minutes = Math.floor((rest % HOUR) / MINUTE);
    return `${Math.floor(rest / HOUR)} h ${String(minutes).padStart(2, '0')} min`;
  }
  return `${Math.floor(rest / DAY)} d ${Math.floor((rest % DAY) / HOUR)} h`;
}

/** How long ago: `now`, `5 min ago`, `2 d ago`. */
export function ago(at: number, now: number): string {
  const ms = now - at;
  if (ms < MINUTE) return 'now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  return `${Math.floor(ms / DAY)} d ago`;
}

/** US dollars; empty for nothing. */
export function cost(usd: number): string {
  if (usd <= 0) return '';
  return usd < 0.01 ? '<$0.01' : `$${usd.toFixed(2)}`;
}

const STEP = 1024;
const SIZES = ['kB', 'MB', 'GB', 'TB'] as const;

/** How much room something takes: `812 bytes`, `4.2 MB`. */
export function bytes(count: number): string {
  if (count < STEP) return `${count} ${count === 1 ? 'byte' : 'bytes'}`;
  let size = count / STEP;
  let step = 0;
  while (size >= STEP && step < SIZES.length - 1) {
    size /= STEP;
    step += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${SIZES[step]}`;
}
