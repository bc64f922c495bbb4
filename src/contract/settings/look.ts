/**
 * What the settings say of how the window looks: which values there are, and the defaults. Apart from the schemas,
 * because the page reads its copy at the start. Sizes in pixels.
 */
export const LOOK = {
  densities: ['compact', 'comfortable'],
  textSize: { min: 10, max: 24 },
  codeSize: { min: 9, max: 24 },
} as const;

/** What a person chooses of how the window looks, colours aside. */
export interface Look {
  readonly density: (typeof LOOK.densities)[number];
  readonly textSize: number;
  readonly codeSize: number;
}

export const DEFAULT_LOOK: Look = { density: 'comfortable', textSize: 14, codeSize: 12 };
