import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How much a colour may differ before a pixel counts; edges of letters that are drawn a little otherwise do not. */
const THRESHOLD = 0.1;

/**
 * How much of a picture is different now, in percent of its pixels.
 * @returns 100 when the two are of different sizes
 */
export function percentChanged(before: Buffer, after: Buffer): number {
  const [old, now] = [PNG.sync.read(before), PNG.sync.read(after)];
  const { width, height } = now;
  if (old.width !== width || old.height !== height) return 100;
  const changed = pixelmatch(old.data, now.data, undefined, width, height, { threshold: THRESHOLD });
  return (100 * changed) / (width * height);
}
