/** A time for a person: `800 ms`, `60 s`, `5 min`. */
export function seconds(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const whole = Math.round(ms / 1000);
  if (whole < 120) return `${whole} s`;
  return `${Math.round(whole / 60)} min`;
}
