import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '../context.ts';
import { type UnitState, unitStateOf } from './unit.ts';

export const UNIT = 'drover.service';

/** The unit of Drover among the units of a person. */
export interface UserUnit {
  file: string;
  /** The link by which systemd starts it at login. */
  link: string;
  state: UnitState;
  /** Whether systemd starts it at login. */
  enabled: boolean;
}

/** What is there now; nothing is asked of systemd. Null where there is none: on other systems than Linux. */
export function findUserUnit({ env, home, platform }: Pick<Context, 'env' | 'home' | 'platform'>): UserUnit | null {
  if (platform !== 'linux') return null;
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config');
  const file = join(config, 'systemd', 'user', UNIT);
  const link = join(dirname(file), 'default.target.wants', UNIT);
  return { file, link, state: stateOf(file), enabled: exists(link) };
}

function stateOf(file: string): UnitState {
  if (!exists(file)) return 'none';
  try {
    // A link leads to what somebody else has put there, such as a unit that is masked.
    return lstatSync(file).isFile() ? unitStateOf(readFileSync(file, 'utf8')) : 'foreign';
  } catch {
    return 'foreign';
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
