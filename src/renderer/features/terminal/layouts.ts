import { readStored, writeStored } from '../../ui/stored.ts';
import { createValue } from '../../ui/value.ts';
import { type Layout, layoutIn, readLayouts, showing, withLayout } from './layouts.logic.ts';

const KEY = 'terminals';

/** How terminals stand in each place, kept by this browser. */
export const layouts = createValue(readLayouts(readStored(KEY)));

export function setLayout(place: string, layout: Layout): void {
  layouts.set(withLayout(layouts.get(), place, layout));
  writeStored(KEY, JSON.stringify(layouts.get()));
}

/** Brings a terminal into sight. */
export function showTerminal(place: string, id: string): void {
  setLayout(place, showing(layoutIn(layouts.get(), place), id));
}
