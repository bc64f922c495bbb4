import { DEFAULT_LOOK, LOOK, type Look } from '../../contract/settings/look.ts';
import type { SettingEntry, SettingKey } from '../../contract/settings/state.ts';

const KEYS = {
  density: 'appearance.density',
  textSize: 'appearance.textSize',
  codeSize: 'appearance.codeSize',
} as const satisfies Record<keyof Look, SettingKey>;

/** A value that does not fit is the default. */
function lookFrom(value: (name: keyof Look) => unknown): Look {
  const size = (name: 'textSize' | 'codeSize') => {
    const wanted = value(name);
    const { min, max } = LOOK[name];
    return Number.isInteger(wanted) && Number(wanted) >= min && Number(wanted) <= max
      ? Number(wanted)
      : DEFAULT_LOOK[name];
  };
  const density = LOOK.densities.find((one) => one === value('density')) ?? DEFAULT_LOOK.density;
  return { density, textSize: size('textSize'), codeSize: size('codeSize') };
}

export function lookOf(entries: readonly SettingEntry[]): Look {
  return lookFrom((name) => entries.find(({ key }) => key === KEYS[name])?.value);
}

/** The copy that a window keeps for its first paint. */
export function readLook(text: string | null): Look {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    return lookFrom((name) => (kept as Partial<Look> | null)?.[name]);
  } catch {
    return DEFAULT_LOOK;
  }
}

export type Colors = 'auto' | 'light' | 'dark';

/** Null while the settings have not arrived. */
export function colorsOf(entries: readonly SettingEntry[] | null): Colors | null {
  const value = entries?.find(({ key }) => key === 'appearance.colors')?.value;
  if (value === 'light' || value === 'dark') return value;
  return value === 'system' ? 'auto' : null;
}
