// Draws the pictures in assets/: a shepherd's crook, for the app and for each state of the tray. Run it after a change;
// the pictures are kept in the repository.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from './lib/paths.mjs';
import { disc, paint, roundedBox, stroke } from './lib/picture.mjs';

/** @typedef {import('./lib/picture.mjs').Colour} Colour */
/** @typedef {{ shape: import('./lib/picture.mjs').Shape, colour: Colour | null }} Layer */

/** @type {Colour} */
const TILE = [38, 92, 88, 1];
/** @type {Colour} */
const WHITE = [255, 255, 255, 1];
/** @type {Colour} */
const BLACK = [0, 0, 0, 1];

/** The state of the tray by colour and by sign, so that neither colour nor sharp eyes are needed. */
const STATES = /** @type {const} */ (['idle', 'running', 'needs-you', 'failed']);
/** @type {Record<string, Colour>} */
const COLOURS = { running: [44, 107, 212, 1], 'needs-you': [239, 160, 27, 1], failed: [208, 52, 44, 1] };

const BADGE = { x: 0.74, y: 0.74, radius: 0.26, gap: 0.06 };
const TRAY_SIZE = 22;
const TEMPLATE_SIZE = 18;
const APP_SIZE = 512;
/** What Linux desktops look for; each is drawn at its size, because a picture made smaller is not sharp. */
const DESKTOP_SIZES = [16, 24, 32, 48, 64, 96, 128, 256, 512];

/**
 * It leans and its hook is open, so that it is no letter; the corner below the hook is left to the badge. The same lines
 * as in `src/renderer/app/mark.tsx`.
 * @param {number} width
 * @param {number} scale
 */
function crook(width, scale) {
  /** @type {[number, number][]} */
  const points = [[0.266, 0.875]];
  const [cx, cy, radius] = [0.634, 0.411, 0.1875];
  for (let angle = 200; angle <= 390; angle += 5) {
    const turn = (angle * Math.PI) / 180;
    points.push([cx + radius * Math.cos(turn), cy + radius * Math.sin(turn)]);
  }
  const [middleX, middleY] = [0.544, 0.549];
  return stroke(
    points.map(([x, y]) => [0.5 + (x - middleX) * scale, 0.5 + (y - middleY) * scale]),
    width,
  );
}

/** What stands in the badge. @type {Record<string, readonly import('./lib/picture.mjs').Shape[]>} */
const SIGNS = {
  running: [
    stroke(
      [
        [0.69, 0.63],
        [0.69, 0.85],
        [0.86, 0.74],
        [0.69, 0.63],
      ],
      0.06,
    ),
    disc(0.74, 0.74, 0.06),
  ],
  'needs-you': [
    stroke(
      [
        [0.74, 0.6],
        [0.74, 0.76],
      ],
      0.1,
    ),
    disc(0.74, 0.89, 0.055),
  ],
  failed: [
    stroke(
      [
        [0.65, 0.65],
        [0.83, 0.83],
      ],
      0.09,
    ),
    stroke(
      [
        [0.83, 0.65],
        [0.65, 0.83],
      ],
      0.09,
    ),
  ],
};

/**
 * @param {string} state
 * @param {Colour | null} colour null cuts the sign out of a black disc, for a template
 * @returns {Layer[]}
 */
function badge(state, colour) {
  const signs = SIGNS[state];
  if (signs === undefined) return [];
  const { x, y, radius, gap } = BADGE;
  return [
    { shape: disc(x, y, radius + gap), colour: null },
    { shape: disc(x, y, radius), colour: colour ?? BLACK },
    ...signs.map((shape) => ({ shape, colour: colour === null ? null : WHITE })),
  ];
}

/** @type {Layer[]} */
const TILED = [
  { shape: roundedBox(0.02, 0.02, 0.98, 0.98, 0.22), colour: TILE },
  { shape: crook(0.115, 0.98), colour: WHITE },
];

await mkdir(inRoot('assets', 'tray'), { recursive: true });
await mkdir(inRoot('assets', 'icons'), { recursive: true });
await writeFile(inRoot('assets', 'icon.png'), paint(APP_SIZE, TILED));
for (const size of DESKTOP_SIZES) await writeFile(inRoot('assets', 'icons', `${size}x${size}.png`), paint(size, TILED));
for (const state of STATES) {
  const tray = [...TILED, ...badge(state, COLOURS[state] ?? null)];
  const template = [{ shape: crook(0.125, 1.15), colour: BLACK }, ...badge(state, null)];
  for (const [scale, suffix] of /** @type {const} */ ([
    [1, ''],
    [2, '@2x'],
  ])) {
    const folder = inRoot('assets', 'tray');
    await writeFile(join(folder, `${state}${suffix}.png`), paint(TRAY_SIZE * scale, tray));
    await writeFile(join(folder, `${state}Template${suffix}.png`), paint(TEMPLATE_SIZE * scale, template));
  }
}
