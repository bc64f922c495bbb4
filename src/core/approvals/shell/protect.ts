import { basename, join, relative, sep } from 'node:path';
import { PROTECTED_WORDS, type ProtectedThing } from '../../../contract/approval/state.ts';
import { isWithin } from '../../base/is-within.ts';
import { namesMeet } from './glob.ts';
import { isChange, type Use } from './parts.ts';
import { type Grounds, isGiven, isSecretName, plainName } from './paths.ts';

/** What is always asked about, and how that is said of what happens here. */
export type Protection = readonly [thing: ProtectedThing, words: string];

const KEY_WORDS: Record<Use, string> = {
  read: PROTECTED_WORDS['key-files'],
  list: 'Listing files that may hold keys or passwords',
  write: 'Writing to files that may hold keys or passwords',
  remove: 'Removing files that may hold keys or passwords',
};

/**
 * What of touching a real path is always asked about, what says most first. `name` is the path as it is written where
 * it has wildcards, so that `*.pem` is known as well.
 */
export function protectedPath(path: string, name: string, use: Use, grounds: Grounds): Protection[] {
  if (!isChange(use) && isGiven(path, grounds)) return [];
  const { workspace, dataFolder } = grounds;
  const inside = isWithin(workspace, path);
  const things: ProtectedThing[] = [];
  if (isChange(use) && !inside && isWithin(dataFolder, path)) things.push('drover-data');
  if (isChange(use) && (isGitConfig(path, grounds) || mayBeGit(name))) things.push('git-config');
  if (use === 'remove' && !inside) things.push('delete-outside');
  if (use === 'remove' && !inside && isWithin(path, dataFolder)) things.push('drover-data');
  if (use !== 'remove' && holdsKeys(path, name, use, inside, grounds)) things.push('key-files');
  return things.map((thing) => [thing, thing === 'key-files' ? KEY_WORDS[use] : PROTECTED_WORDS[thing]]);
}

/** Whether a pattern may stand for what git takes its settings and hooks from. */
function mayBeGit(name: string): boolean {
  if (!/[*?]/.test(name)) return false;
  const parts = name.split(sep).filter((part) => /^\.[^/]*[*?]/.test(part));
  return parts.some((part) => GIT_NAMES.some((git) => namesMeet(part, git)));
}

const GIT_NAMES = ['.git', '.husky', '.gitconfig'];

/** What git takes its settings and hooks from. */
function isGitConfig(path: string, { home, workspace }: Grounds): boolean {
  const inside = isWithin(workspace, path);
  const parts = (inside ? relative(workspace, path) : path).split(sep).map(plainName);
  if (parts.includes('.git') || parts.includes('.husky')) return true;
  const name = parts.at(-1) ?? '';
  if (/^\.?gitconfig(\.lock)?$/.test(name)) return true;
  return !inside && (isWithin(join(home, '.config/git'), path) || isWithin('/etc/git', path));
}

/** Folders and files below the home that hold keys, tokens or passwords. */
const KEYS_AT_HOME = [
  '.ssh',
  '.aws',
  '.azure',
  '.gnupg',
  '.kube',
  '.docker/config.json',
  '.config/gcloud',
  '.config/gh',
  '.config/glab-cli',
  '.config/op',
  '.config/git/credentials',
  '.config/rclone',
  '.config/google-chrome',
  '.config/chromium',
  '.mozilla',
  '.password-store',
  '.local/share/keyrings',
  '.local/share/kwalletd',
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.gem/credentials',
  '.terraform.d',
  '.vault-token',
  '.pgpass',
  '.my.cnf',
  'Library/Keychains',
  'Library/Application Support/Google',
  'AppData',
];
const KEYS_OF_SYSTEM = ['/etc/shadow', '/etc/gshadow', '/etc/ssh', '/etc/ssl/private', '/etc/sudoers', '/root/.ssh'];
/** Private keys and passwords, whatever folder they are in, the workspace too. */
const KEY_NAMES =
  'id_rsa id_dsa id_ecdsa id_ed25519 .netrc _netrc .git-credentials .pypirc *.pem *.p12 *.pfx *.kdbx *.keystore *.jks *.ppk'.split(
    ' ',
  );

/** Whether a name, which may be a pattern, is or may be that of a key. Every file is not said to be one. */
function isKeyName(name: string): boolean {
  if (/^\*+$/.test(name)) return false;
  return KEY_NAMES.some((key) => namesMeet(name, key, true));
}

function holdsKeys(path: string, name: string, use: Use, inside: boolean, grounds: Grounds): boolean {
  const { home, dataFolder, workspace, agents } = grounds;
  const last = plainName(basename(name));
  if (inside) return use === 'read' && isKeyName(last);
  if (isKeyName(last) || isSecretName(path) || isSecretName(name)) return true;
  // What lies above a key holds it too: a search through the home reads everything in it.
  const near = (place: string) => isWithin(place, path) || (use === 'read' && isWithin(path, place));
  const isNearHome = (way: string) => near(join(home, way));
  if (KEYS_OF_SYSTEM.some(near) || KEYS_AT_HOME.some(isNearHome) || agents.some(({ keys }) => keys.some(isNearHome)))
    return true;
  if (path.startsWith('/proc') && /\/(environ|mem|cmdline|fd|root|cwd)(\/|$)/.test(path)) return true;
  if (path.split(sep).some((part) => /^\.(ssh|aws|gnupg)$/.test(plainName(part)))) return true;
  // The token that opens Drover lies in its data; the workspaces of other tasks are not it.
  return (
    (isWithin(dataFolder, path) && !isWithin(join(dataFolder, 'workspaces'), path)) ||
    (use === 'read' && isAbove(path, dataFolder, workspace))
  );
}

function isAbove(path: string, dataFolder: string, workspace: string): boolean {
  return isWithin(path, dataFolder) && !isWithin(workspace, path);
}

/** Commands that print a key or a password, or let something be done in the name of a person, by their first words. */
const TELLING: readonly [RegExp, ProtectedThing][] = [
  [/^git credential(-\S+)?( |$)/, 'key-files'],
  [/^(gh|glab) auth (token|status .*(-t|--show-token))/, 'key-files'],
  [/^security (find-|dump-|export|unlock-)/, 'key-files'],
  [/^(secret-tool (lookup|search)|kwallet-query|kwalletcli)/, 'key-files'],
  [/^(pass|gopass)( show| ls| grep| -c| [^-]|$)/, 'key-files'],
  [/^(op|bw|lpass|vault) (read|get|item|show|kv|export|list|document)/, 'key-files'],
  [/^gpg2? .*--export-secret/, 'key-files'],
  [
    /^(aws configure (get|export-credentials)|aws ecr get-login-password|gcloud auth (print-|application-default print))/,
    'key-files',
  ],
  [
    /^(az account get-access-token|kubectl config view.*--raw|kubectl get secrets?|npm token|heroku auth:token)/,
    'key-files',
  ],
  [/^scalar (register|unregister|clone|reconfigure|run)( |$)/, 'git-config'],
  [/^(gh|hub) pr merge( |$)/, 'push-default-branch'],
  [/^glab mr (merge|accept)( |$)/, 'push-default-branch'],
  [
    /^(pre-commit|lefthook|husky|simple-git-hooks|overcommit)( (install|uninstall|init|init-templatedir|add|set|--install))?( |$)/,
    'git-config',
  ],
];

/** The protected thing a command is by its words alone, whatever paths it names. */
export function protectedCommand(words: string): ProtectedThing | null {
  for (const [shape, thing] of TELLING) {
    if (!shape.test(words)) continue;
    // Running the checks of a commit is not changing them.
    return thing === 'git-config' && /^(pre-commit|lefthook|overcommit)( run| --version|$)/.test(words) ? null : thing;
  }
  return null;
}
