import ElectronStore from 'electron-store';
import { FIRST_MEMORY, MEMORY_NAME, type Remembered } from './memory.ts';

/** The file in which a memory is kept; one that cannot be read begins anew. */
export function openMemoryStore(): { store: Remembered } {
  return new ElectronStore<Remembered>({ name: MEMORY_NAME, defaults: FIRST_MEMORY, clearInvalidConfig: true });
}
