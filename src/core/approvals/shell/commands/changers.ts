import { changes, each, type Grammar, type Kind, reads } from '../grammar/grammar.ts';
import { judgeKind } from '../grammar/judge-words.ts';
import { type Found, has } from '../grammar/options.ts';
import type { Reach } from '../reach.ts';

const HELP = '--help --version';
const BACKUP = '[b] --backup::plain -S,--suffix:plain';

/** With `-t folder` every operand is a source. */
function sourcesOnly(kind: Kind) {
  return ({ given, operands }: Found, reach: Reach, name: string): undefined => {
    const last = operands.at(-1);
    if (last && given.some((one) => one.name === '-t')) judgeKind(kind, last, last, reach, name);
  };
}

/** Moving takes away what was there, and what was kept from readers can be read where it goes. */
function moves(found: Found, reach: Reach, name: string): undefined {
  const into = found.given.some((one) => one.name === '-t');
  for (const source of into ? found.operands : found.operands.slice(0, -1)) {
    judgeKind('search', source, source, reach, name);
  }
  return sourcesOnly('remove')(found, reach, name);
}

/** Commands that change files in ways that their words tell. */
export const CHANGERS: Readonly<Record<string, Grammar>> = {
  mkdir: changes(`[pvZ] -m,--mode:text --parents --verbose ${HELP}`),
  touch: changes(
    `[acfhm] -d,--date:text -r,--reference:list -t:text --no-create --no-dereference --time:plain ${HELP}`,
  ),
  ...each(
    'chmod',
    changes(
      `[cfvR] --changes --quiet --silent --verbose --recursive --reference:list --preserve-root ${HELP}`,
      'text write*',
    ),
  ),
  chown: changes(`[cfvRhHLP] --recursive --no-dereference --verbose ${HELP}`, 'text write*', {
    asks: 'changing who owns files',
  }),
  truncate: changes(`[co] -s,--size:text -r,--reference:list --no-create ${HELP}`),
  mktemp: changes('[dqut] --directory --dry-run -p::write --tmpdir::write --suffix:text', 'write'),
  tee: changes(`[aip] --append --ignore-interrupts ${HELP}`),
  cp: changes(
    `[adfHiLlnPpRrsTuvxZ] ${BACKUP} -t,--target-directory:write --archive --attributes-only --dereference --no-dereference --force --interactive --link --symbolic-link --no-clobber --no-target-directory --parents --preserve::plain --no-preserve:plain --recursive --reflink::plain --remove-destination --sparse:plain --strip-trailing-slashes --update::plain --verbose ${HELP}`,
    'search* write',
    { also: sourcesOnly('search') },
  ),
  mv: changes(
    `[finTuvZ] ${BACKUP} -t,--target-directory:write --force --interactive --no-clobber --no-target-directory --strip-trailing-slashes --update::plain --verbose ${HELP}`,
    'remove* write',
    { also: moves },
  ),
  ln: changes(
    `[dfFiLnPrsTv] ${BACKUP} -t,--target-directory:write --force --interactive --logical --no-dereference --physical --relative --symbolic --no-target-directory --verbose ${HELP}`,
    'write*',
    {
      also: (found, reach, name) => {
        for (const source of found.operands) judgeKind('search', source, source, reach, name);
      },
    },
  ),
  install: changes(
    `[CcDpsTv] ${BACKUP} -d -g:plain -m,--mode:text -o:plain -t,--target-directory:write --compare --preserve-timestamps --verbose ${HELP}`,
    'write*',
  ),
  rm: changes(
    `-r,-R,--recursive -f,--force [iI] -d,--dir -v,--verbose --interactive::plain --one-file-system --preserve-root ${HELP}`,
    'remove*',
  ),
  rmdir: changes(`[pv] --ignore-fail-on-non-empty --parents --verbose ${HELP}`, 'remove*'),
  unlink: changes(HELP, 'remove'),
  split: changes(
    `[dxeuz] -a:text -b,--bytes:text -C:text -l,--lines:text -n,--number:text --additional-suffix:text --numeric-suffixes::text --verbose ${HELP}`,
    'read write',
  ),
  csplit: changes('[kszn] -f,--prefix:write -b:text -n:text --quiet --silent', 'read text*'),
  dos2unix: changes('[kqofs] --keepdate --quiet'),
  unix2dos: changes('[kqofs] --keepdate --quiet'),
  patch: changes(
    '[bcEflNnRstTuZ] -#  -p,--strip:text -i,--input:read -d,--directory:folder -F,--fuzz:text -o,--output:write -r,--reject-file:write --dry-run --backup --forward --force --reverse --quiet --silent --remove-empty-files --no-backup-if-mismatch --binary --verbose --merge::plain --version --help',
    'write read',
  ),
  ...each(
    'gzip gunzip bzip2 bunzip2 xz unxz zstd',
    changes(
      '[cdfklnqrtvN123456789] --stdout --decompress --force --keep --list --quiet --recursive --test --verbose --fast --best --version --help',
    ),
  ),
  zip: changes('[9876543210rqvjmuyXDog] -x:text -i:text --quiet --recurse-paths --exclude:text', 'write read*', {
    also: (found, reach, name) => {
      if (has(found, '-m'))
        for (const operand of found.operands.slice(1)) judgeKind('remove', operand, operand, reach, name);
      for (const operand of found.operands.slice(1)) judgeKind('search', operand, operand, reach, name);
      if (found.operands.some(({ text }) => text === '@' || text === '-@'))
        judgeKind('names', found.operands[0] ?? HERE, HERE, reach, name);
    },
  }),
  unzip: changes('[aCfjLlnopqtuvzZ] -x:text -d:write', 'read text*', {
    also: ({ given }, reach, name) => {
      if (!given.some((one) => one.name === '-d')) judgeKind('write', HERE, HERE, reach, name);
    },
  }),
  ...each('xmllint', reads('--format --noout --nonet --xpath:text --valid --recover --version', 'read*')),
};

const HERE = { kind: 'literal', text: '.', tilde: false } as const;
