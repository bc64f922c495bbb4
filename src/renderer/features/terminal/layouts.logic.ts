/** How the terminals in one place stand. */
export interface Layout {
  /** The one that has, or had, the focus; null for the first. */
  readonly active: string | null;
  /** Those in sight, if it is more than that one. */
  readonly panes: readonly string[];
  readonly direction: Direction;
}

/** Beside each other, or one below the other. */
export type Direction = 'row' | 'column';

/** Layouts by where the terminals are, a task or a project; that which was changed last comes first. */
export type Layouts = readonly (readonly [place: string, layout: Layout])[];

/** So many terminals are in sight at once. */
export const MOST_PANES = 4;
/** So many layouts are kept. */
const MOST = 50;
const NOTHING: Layout = { active: null, panes: [], direction: 'row' };

export function layoutIn(layouts: Layouts, place: string): Layout {
  return layouts.find(([one]) => one === place)?.[1] ?? NOTHING;
}

export function withLayout(layouts: Layouts, place: string, layout: Layout): Layouts {
  return [[place, layout] as const, ...layouts.filter(([one]) => one !== place)].slice(0, MOST);
}

/** The layout for the terminals that are there: without those that are gone, with the active one among its panes. */
export function layoutFor(layout: Layout, ids: readonly string[]): Layout {
  const panes = [...new Set(layout.panes)].filter((id) => ids.includes(id)).slice(0, MOST_PANES);
  const wanted = layout.active !== null && ids.includes(layout.active) ? layout.active : null;
  const active = wanted ?? panes[0] ?? ids[0] ?? null;
  if (active === null) return { ...layout, active, panes: [] };
  return { ...layout, active, panes: panes.includes(active) ? panes : [active] };
}

/** Brings one into sight: where it is already, or else in the place of the active one. */
export function showing(layout: Layout, id: string): Layout {
  if (layout.panes.includes(id)) return { ...layout, active: id };
  const panes = layout.panes.map((one) => (one === layout.active ? id : one));
  return { ...layout, active: id, panes: panes.includes(id) ? panes : [id] };
}

/** One more in sight, after the active one. */
export function splitWith(layout: Layout, id: string, direction: Direction): Layout {
  const panes = layout.panes.flatMap((one) => (one === layout.active ? [one, id] : [one]));
  return { active: id, panes: panes.slice(0, MOST_PANES), direction };
}

/** The active one out of sight; the one before it is the next. */
export function withoutActive(layout: Layout): Layout {
  const at = layout.panes.indexOf(layout.active ?? '');
  const panes = layout.panes.filter((id) => id !== layout.active);
  return { ...layout, panes, active: panes[Math.max(0, at - 1)] ?? layout.active };
}

/** The order with one moved to the place of another. */
export function orderWith(ids: readonly string[], moved: string, to: number): string[] {
  const others = ids.filter((id) => id !== moved);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}

/** As they were written down; nothing of what cannot be read. */
export function readLayouts(text: string | null): Layouts {
  let found: unknown;
  try {
    found = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  return (Array.isArray(found) ? found : []).slice(0, MOST).flatMap((entry: unknown) => {
    const [place, layout] = Array.isArray(entry) ? (entry as unknown[]) : [];
    return typeof place === 'string' && isRecord(layout) ? [[place, readLayout(layout)] as const] : [];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';

function readLayout({ active, panes, direction }: Record<string, unknown>): Layout {
  return {
    active: isText(active) ? active : null,
    panes: Array.isArray(panes) ? panes.filter(isText).slice(0, MOST_PANES) : [],
    direction: direction === 'column' ? 'column' : 'row',
  };
}
