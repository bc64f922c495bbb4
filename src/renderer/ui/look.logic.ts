import { type SettingEntry, type SettingKey, settings } from '../../contract/settings/state.ts';

/** What a person chooses of how the window looks, colours aside. Sizes in pixels. */
export interface Look {
  readonly density: 'compact' | 'comfortable';
  readonly textSize: number;
  readonly codeSize: number;
}

const KEYS = {
  density: 'appearance.density',
  textSize: 'appearance.textSize',
  codeSize: 'appearance.codeSize',
} as const satisfies Record<keyof Look, SettingKey>;

export const DEFAULT_LOOK: Look = lookFrom(() => undefined);

/** A value that does not fit is the default. */
function lookFrom(value: (name: keyof Look) => unknown): Look {
  const one = <K extends keyof Look>(name: K): Look[K] => {
    const shape = settings.shape[KEYS[name]];
    return (shape.safeParse(value(name)).data ?? shape.parse(undefined)) as Look[K];
  };
  return { density: one('density'), textSize: one('textSize'), codeSize: one('codeSize') };
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
