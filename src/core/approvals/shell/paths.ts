import { lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { AgentFiles } from '../../base/agent-files.ts';
import { isWithin } from '../../base/is-within.ts';

/** The folders that decide what a path means. All absolute and real (no symbolic links). */
export interface Grounds {
  workspace: string;
  /** Drover's own data. The workspace may lie in it. */
  dataFolder: string;
  /** Folders of the files that were given with the goal: these may be read, though they lie in the data. */
  attachments?: readonly string[];
  home: string;
  /** Of every agent, whichever asks: what one writes another may read. */
  agents: readonly AgentFiles[];
  /** Where a path really leads; null when nothing is there. See `realPathOf`. */
  realpath(path: string): string | null;
  /** What is in a real folder; nothing where it cannot be read. Left out, patterns are judged by their text alone. */
  names?(folder: string): readonly { name: string; isLink: boolean }[];
}

/** The names in a folder, for `Grounds`. */
export function namesIn(folder: string): { name: string; isLink: boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isLink: entry.isSymbolicLink(),
    }));
  } catch {
    return [];
  }
}

/**
 * What touching a path would mean. `guarded` may be read, but is never changed unasked. `secret` is outside and holds, or
 * may hold, keys.
 */
export type PathZone = 'inside' | 'guarded' | 'device' | 'outside' | 'secret';

/**
 * The real path of what is there, or null. A symbolic link whose target does not exist leads to where the target would
 * be made, because writing to it makes that file.
 */
export function realPathOf(path: string, depth = 0): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    try {
      const target = resolve(dirname(path), readlinkSync(path));
      if (depth > 20) return sep;
      return resolveReal(target, sep, (part) => realPathOf(part, depth + 1));
    } catch {
      return null;
    }
  }
}

/**
 * Where everything on a mount leads that is not looked at: below what only the system may read, and so deep that no `..`
 * of a path leads out of it to a folder that is another one.
 */
const FAR = `${sep}proc${sep}0${`${sep}far`.repeat(64)}`;

/**
 * As `realPathOf`, but for what is on one of `mounts`, absolute real folders: that is not looked at, because the look may
 * never come back, and counts as a secret, so that a person is asked.
 */
export function realPathBeside(mounts: readonly string[], path: string, depth = 0): string | null {
  if (mounts.length === 0) return realPathOf(path);
  const parts = path.split(SEPARATORS).filter((part) => part !== '' && part !== '.');
  let here: string = sep;
  for (const [index, part] of parts.entries()) {
    if (part === '..') {
      here = dirname(here);
      continue;
    }
    const next = join(here, part);
    if (mounts.some((mount) => isWithin(mount, next))) return FAR;
    try {
      if (!lstatSync(next).isSymbolicLink()) {
        here = next;
        continue;
      }
      if (depth > 20) return sep;
      const target = resolve(here, readlinkSync(next));
      const real = realPathBeside(mounts, target, depth + 1);
      const isLast = index === parts.length - 1;
      if (real === null && !isLast) return null;
      here = real ?? resolveReal(target, sep, (one) => realPathBeside(mounts, one, depth + 1));
      if (here === FAR) return FAR;
    } catch {
      return null;
    }
  }
  return here;
}

/**
 * Follows a path part by part, as the system does: a symbolic link is entered before `..` is applied. What does not
 * exist is taken as written.
 */
export function resolveReal(path: string, from: string, realpath: Grounds['realpath']): string {
  let here = isAbsolute(path) ? sep : from;
  // How deep one is in what does not exist, where there is nothing to look up.
  let missing = 0;
  for (const part of path.split(SEPARATORS)) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      here = dirname(here);
      missing = Math.max(0, missing - 1);
      continue;
    }
    const next = join(here, part);
    const real = missing > 0 ? null : realpath(next);
    if (real === null) missing += 1;
    here = real ?? next;
  }
  return here;
}

/** In characters; longer ones are not followed. */
export const LONGEST_PATH = 4096;

const SEPARATORS = sep === '\\' ? /[\\/]+/ : /\/+/;
const DEVICES = /^\/dev\/(null|zero|full|random|urandom|tty|stdin|stdout|stderr|fd\/\d+)$/;
/** In /proc only what describes the machine; the rest shows other processes, their memory and their environment. */
const PLAIN_PROC = /^\/proc\/(cpuinfo|meminfo|version|loadavg|uptime|stat|filesystems|mounts|sys\/.*)$/;
const SYSTEM_SECRETS = [
  '/etc/shadow',
  '/etc/gshadow',
  '/etc/sudoers',
  '/etc/sudoers.d',
  '/etc/ssh',
  '/etc/ssl/private',
];
const SECRET_NAMES =
  /^(\.env(\..*)?|\.netrc|\.npmrc|\.pypirc|\.git-credentials|id_(rsa|dsa|ecdsa|ed25519).*|credentials.*|secrets?(\..*)?|.*\.(pem|key|p12|pfx|kdbx|keystore|jks))$/;
/** The hidden folders of the home that hold programs and sources, not keys. */
const PLAIN_HOME = ['.cargo/registry', '.nvm', '.rustup', '.local/lib', '.m2/repository', '.gradle/caches', '.pyenv'];
const HOME_SECRETS = ['Library/Keychains', 'Library/Application Support', 'AppData'];

/** A device that any program may use, as written: in /dev/fd each process sees its own. */
export function isDevice(path: string): boolean {
  return DEVICES.test(path);
}

/** Says what a real absolute path is. `home`, its ancestors and everything hidden in it count as secret. */
export function zoneOf(path: string, grounds: Grounds): PathZone {
  if (isWithin(grounds.workspace, path)) {
    return isGuarded(relative(grounds.workspace, path), grounds) ? 'guarded' : 'inside';
  }
  if (isDevice(path)) return 'device';
  if (isGiven(path, grounds)) return 'guarded';
  return isSecret(path, grounds) ? 'secret' : 'outside';
}

/** Whether a real path is a file that a person gave with the goal. */
export function isGiven(path: string, { attachments = [] }: Grounds): boolean {
  return attachments.some((folder) => isWithin(folder, path));
}

/** Files inside a workspace that change what runs later, unseen by a review of the work. */
function isGuarded(way: string, { agents }: Grounds): boolean {
  const parts = way.split(sep).map(plainName);
  if (parts.includes('.git')) return true;
  const isOfAgent = ({ folder, names }: AgentFiles['guarded'][number]) => {
    const at = parts.indexOf(folder);
    return at >= 0 && (parts.length === at + 1 || names.test(parts[at + 1] ?? ''));
  };
  return agents.some(({ guarded }) => guarded.some(isOfAgent)) || parts.at(-1) === '.mcp.json';
}

/** A file name as file systems that fold case or ignore invisible characters see it. */
export function plainName(part: string): string {
  return part
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase();
}

function isSecret(path: string, { home, dataFolder }: Grounds): boolean {
  if (path.startsWith('/proc')) return !PLAIN_PROC.test(path);
  if (path.startsWith('/dev')) return true;
  if (isWithin(dataFolder, path) || isWithin(path, dataFolder) || isWithin(path, home)) return true;
  if (SYSTEM_SECRETS.some((secret) => isWithin(secret, path) || isWithin(path, secret))) return true;
  if (isWithin('/root', path) && !isWithin('/root', home)) return true;
  if (isWithin(home, path)) {
    const way = relative(home, path);
    if (HOME_SECRETS.some((secret) => isWithin(join(home, secret), path) || isWithin(path, join(home, secret)))) {
      return true;
    }
    const plain = PLAIN_HOME.some((folder) => isWithin(join(home, folder), path));
    if (way.startsWith('.') && !plain) return true;
  }
  if (/[\\/]\.git[\\/]config$/.test(path)) return true;
  return path.split(sep).some((part) => part === '.ssh' || part === '.aws' || part === '.gnupg') || isSecretName(path);
}

export function isSecretName(path: string): boolean {
  return SECRET_NAMES.test(basename(path).toLowerCase());
}
