import { asks, changes, type Grammar } from '../grammar/grammar.ts';
import { judgeKind, judgeWords } from '../grammar/judge-words.ts';
import { type Found, has } from '../grammar/options.ts';
import { type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';

const HERE: Arg = { kind: 'literal', text: '.', tilde: false };
const TAR = changes(
  '[cxtruvzjJapkmhwWSOlo] -f,--file:text -C,--directory:text -T,--files-from:names -X,--exclude-from:read --exclude:text --exclude-vcs --exclude-vcs-ignores --exclude-caches --strip-components,--strip:text --create --extract --get --list --append --update --verbose --gzip --bzip2 --xz --zstd --auto-compress --no-same-owner --no-same-permissions --same-permissions --keep-old-files --skip-old-files --overwrite --keep-newer-files --touch --dereference --totals --wildcards --no-wildcards --anchored --no-recursion --one-file-system --numeric-owner --owner:text --group:text --mtime:text --mode:text --sort:plain --format:plain --to-stdout --one-top-level::write --force-local --delay-directory-restore --no-xattrs --no-acls --warning:plain --show-transformed-names --full-time --version --help --checkpoint::plain',
  'any*',
  { also: judgeArchive },
);

/** An archive is read or written, and what it holds goes where `-C` says. */
function judgeArchive(found: Found, reach: Reach, name: string): Noted {
  const writes = has(found, '-c', '-r', '-u', '--create', '--append', '--update');
  const extracts = has(found, '-x', '--extract', '--get') && !has(found, '-O', '--to-stdout');
  for (const { name: option, value, word } of found.given) {
    if (!value) continue;
    if (option === '-f') {
      if (value.text.includes(':'))
        reach.refuse(`\`${name}\` with an archive on another machine (\`${shown(value.text)}\`)`, 'whole');
      judgeKind(writes ? 'write' : 'read', value, word, reach, name);
    }
    if (option === '-C') judgeKind(extracts ? 'write' : 'search', value, word, reach, name);
  }
  if (extracts && !found.given.some((one) => one.name === '-C')) judgeKind('write', HERE, HERE, reach, name);
  // Taken from the folder that `-C` names, and read with all below.
  if (writes) for (const operand of found.operands) judgeKind('search', operand, operand, reach, name);
}

/** The old way, `tar xzf a.tgz`, takes its values in the order of its letters. */
export function judgeTar(args: readonly Arg[], reach: Reach, name: string): Noted {
  // What is taken away cannot be told from a list.
  if (args.some(({ text }) => /^--remove/.test(text))) {
    reach.protect('delete-outside');
    reach.refuse('`tar` that removes what it has packed', 'whole');
  }
  const [first, ...rest] = args;
  const letters = first?.kind === 'literal' && /^[A-Za-z]+$/.test(first.text) ? [...first.text] : null;
  if (!letters) return judgeWords([], args, TAR, reach, name);
  const words: Arg[] = [];
  for (const letter of letters) {
    words.push({ kind: 'literal', text: `-${letter}`, tilde: false });
    if (/[fCTXbgHIKNVFL]/.test(letter)) words.push(...rest.splice(0, 1));
  }
  judgeWords([], [...words, ...rest], TAR, reach, name);
}

export const ARCHIVES: Readonly<Record<string, Grammar>> = {
  tar: TAR,
  cpio: asks('with a list of files from its input', '[otvdmun] --quiet', '', {
    also: (found, reach) => {
      if (!has(found, '-t')) reach.protect('key-files');
    },
  }),
};
