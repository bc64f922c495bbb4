import path from 'node:path';

/** Global set-up of the tests: where Node keeps what it has compiled, for the workers and the programs they start. */
export function setup(): void {
  process.env.NODE_COMPILE_CACHE = path.resolve(import.meta.dirname, '../../.cache/compiled');
}
