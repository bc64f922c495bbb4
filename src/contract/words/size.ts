const SIZES: Readonly<Record<string, number>> = {
  b: 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 1024,
  mi: 1024 ** 2,
  gi: 1024 ** 3,
  ti: 1024 ** 4,
};

const WRITTEN = [
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** Bytes of `4 GB`, `512M`, `1.5 GiB` or `800 kB`, in any case. Null when it is no size; a bare number is none. */
export function readSize(text: string): number | null {
  const [, number = '', unit = ''] = /^(\d+(?:[.,]\d+)?)\s*(b|[kmgt]i?)b?$/i.exec(text.trim()) ?? [];
  const size = Number(number.replace(',', '.')) * (SIZES[unit.toLowerCase()] ?? Number.NaN);
  return number !== '' && Number.isSafeInteger(Math.round(size)) ? Math.round(size) : null;
}

/** Bytes as a person types them, with nothing rounded: `4 GB`, `1.5 GB`. */
export function writeSize(bytes: number): string {
  const [unit, size] = WRITTEN.find(([, least]) => bytes >= least) ?? ['B', 1];
  return `${bytes / size} ${unit}`;
}
