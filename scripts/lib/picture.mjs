import { crc32, deflateSync } from 'node:zlib';

/** A colour as red, green, blue from 0 to 255 and alpha from 0 to 1. @typedef {[number, number, number, number]} Colour */
/** How far a point is outside of a shape, negative inside; all in parts of the picture's side. @typedef {(x: number, y: number) => number} Shape */

/** @type {(x: number, y: number, radius: number) => Shape} */
export const disc = (cx, cy, radius) => (x, y) => Math.hypot(x - cx, y - cy) - radius;

/** @type {(left: number, top: number, right: number, bottom: number, radius: number) => Shape} */
export const roundedBox = (left, top, right, bottom, radius) => (x, y) => {
  const dx = Math.abs(x - (left + right) / 2) - (right - left) / 2 + radius;
  const dy = Math.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
};

/** A line with round ends. @type {(points: readonly [number, number][], width: number) => Shape} */
export const stroke = (points, width) => (x, y) => {
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < points.length; index += 1) {
    const [ax, ay] = points[index - 1] ?? [0, 0];
    const [bx, by] = points[index] ?? [0, 0];
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1);
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return nearest - width / 2;
};

/**
 * Paints layers over each other; a layer without a colour takes away what is below it.
 * @param {number} size width and height in pixels
 * @param {readonly { shape: Shape, colour: Colour | null }[]} layers
 * @returns {Buffer} a PNG with transparency
 */
export function paint(size, layers) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [red, green, blue, alpha] = colourAt((column + 0.5) / size, (row + 0.5) / size, size, layers);
      rows.set([red, green, blue, Math.round(alpha * 255)], row * (size * 4 + 1) + 1 + column * 4);
    }
  }
  return png(size, rows);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {readonly { shape: Shape, colour: Colour | null }[]} layers
 * @returns {Colour}
 */
function colourAt(x, y, size, layers) {
  /** @type {Colour} */
  let below = [0, 0, 0, 0];
  for (const { shape, colour } of layers) {
    const cover = Math.min(1, Math.max(0, 0.5 - shape(x, y) * size));
    if (colour === null) {
      below = [below[0], below[1], below[2], below[3] * (1 - cover)];
      continue;
    }
    const top = colour[3] * cover;
    const alpha = top + below[3] * (1 - top);
    const mix = (/** @type {0 | 1 | 2} */ part) =>
      alpha === 0 ? 0 : Math.round((colour[part] * top + below[part] * below[3] * (1 - top)) / alpha);
    below = [mix(0), mix(1), mix(2), alpha];
  }
  return below;
}

/**
 * @param {number} size
 * @param {Buffer} rows each begins with a byte for its filter, which is none
 */
function png(size, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
