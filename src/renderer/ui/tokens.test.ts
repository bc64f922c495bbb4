import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const text = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const [usual = '', more = ''] = text.split('@media (prefers-contrast: more)');

/** The plain colours of one scheme, by their names without dashes in front. */
function colorsOf(part: string, scheme: 'light' | 'dark'): Record<string, string> {
  const block = part.split(`[data-mantine-color-scheme="${scheme}"] {`)[1]?.split('}')[0] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, color]) => [name, color]),
  );
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const ROLES = ['needs', 'danger', 'done', 'running'];

it.each([
  { scheme: 'light', contrastMore: false, least: 4.5 },
  { scheme: 'dark', contrastMore: false, least: 4.5 },
  { scheme: 'light', contrastMore: true, least: 7 },
  { scheme: 'dark', contrastMore: true, least: 7 },
] as const)('text is read on every ground: $scheme, more contrast $contrastMore', ({ scheme, contrastMore, least }) => {
  const colors = { ...colorsOf(usual, scheme), ...(contrastMore ? colorsOf(more, scheme) : {}) };
  const color = (name: string) => colors[name] ?? (scheme === 'light' ? '#ffffff' : '#1a1c1f');
  const texts = ['mantine-color-text', 'mantine-color-dimmed', ...ROLES.map((role) => `drover-${role}`)];
  const grounds = ['drover-surface', 'drover-raised', 'mantine-color-body', 'drover-code'];
  const pairs = [
    ...texts.flatMap((one) => grounds.map((ground) => [one, ground] as const)),
    ...ROLES.map((role) => [`drover-${role}`, `drover-${role}-tint`] as const),
  ].filter(([one]) => one in colors);
  expect(pairs.length).toBeGreaterThan(20);
  const weak = pairs
    .map(([one, ground]) => ({ pair: `${one} on ${ground}`, ratio: contrast(color(one), color(ground)) }))
    .filter(({ ratio }) => ratio < least);
  expect(weak).toEqual([]);
});

it('gives every role a colour of its own in every scheme', () => {
  for (const scheme of ['light', 'dark'] as const) {
    for (const part of [usual, more]) {
      const colors = ROLES.map((role) => colorsOf(part, scheme)[`drover-${role}`]);
      expect(new Set(colors).size).toBe(ROLES.length);
      expect(colors).not.toContain(undefined);
    }
  }
});
