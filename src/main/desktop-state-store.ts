import ElectronStore from 'electron-store';
import { DESKTOP_STATE_NAME, type DesktopValues, FIRST_VALUES } from './desktop-state.ts';

/** The file in which a memory is kept; one that cannot be read begins anew. */
export function openDesktopStateStore(): { store: DesktopValues } {
  return new ElectronStore<DesktopValues>({
    name: DESKTOP_STATE_NAME,
    defaults: FIRST_VALUES,
    clearInvalidConfig: true,
  });
}
