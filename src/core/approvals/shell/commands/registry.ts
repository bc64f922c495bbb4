import type { Grammar } from '../grammar/grammar.ts';
import { ARCHIVES } from './archives.ts';
import { BUILDS } from './builds.ts';
import { CHANGERS } from './changers.ts';
import { LANGUAGES, PYTHON } from './languages.ts';
import { NETWORKS } from './network.ts';
import { PACKAGES } from './packages.ts';
import { READERS } from './readers.ts';
import { SYSTEM } from './system.ts';
import { TOOLS } from './tools.ts';

const LISTS = [READERS, CHANGERS, ARCHIVES, SYSTEM, TOOLS, BUILDS, PACKAGES, LANGUAGES, PYTHON, NETWORKS];

/** Every command of which the words are understood. */
const ALL: ReadonlyMap<string, Grammar> = new Map(LISTS.flatMap((list) => Object.entries(list)));

/** Other names of a command that is known. */
const SAME: Readonly<Record<string, string>> = {
  nodejs: 'node',
  pip3: 'pip',
  gtar: 'tar',
  gsed: 'sed',
  fdfind: 'fd',
  batcat: 'bat',
  gradlew: 'gradle',
  mvnw: 'mvn',
};

/** The plain name of a command; one with a version in its name is the same program. */
export function plainNameOf(name: string): string {
  if (Object.hasOwn(SAME, name)) return SAME[name] ?? name;
  const versioned = /^(python|pip|perl|ruby|php|lua|node|gcc|g\+\+|clang|clang\+\+)-?\d[\d.]*$/.exec(name)?.[1];
  return versioned ?? name;
}

/** What is understood of a command; null for one that is not known. */
export function grammarOf(name: string): Grammar | null {
  return ALL.get(name) ?? null;
}
