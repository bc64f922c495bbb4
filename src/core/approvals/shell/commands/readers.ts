import { each, type Grammar, reads } from '../grammar/grammar.ts';
import { judgeKind } from '../grammar/judge-words.ts';
import { type Found, has } from '../grammar/options.ts';
import type { Reach } from '../reach.ts';
import type { Arg } from '../words.ts';

const HELP = '--help --version';
const SUMS = `[bctwz] --binary --check --text --tag --ignore-missing --quiet --status --strict --warn --zero ${HELP}`;
const DIFF = `[abBcdeilnNpqrstuwyTEZ] -#  -U,--unified:text -C,--context:text -W,--width:text -L,--label:text -x,--exclude:text -X,--exclude-from:read -I,--ignore-matching-lines:text -S,--starting-file:text --color::text --brief --report-identical-files --recursive --new-file --unidirectional-new-file --ignore-case --ignore-all-space --ignore-space-change --ignore-blank-lines --ignore-trailing-space --ignore-tab-expansion --side-by-side --suppress-common-lines --left-column --text --strip-trailing-cr --minimal --speed-large-files --no-dereference --show-c-function --normal --ed ${HELP}`;
const GREP = `[aEFGPbcHhiIlLnorRsqTUvwxyzZ] -# -A,--after-context:text -B,--before-context:text -C,--context:text -e,--regexp:text -f,--file:read -m,--max-count:text -d,--directories:plain -D,--devices:plain --include:text --exclude:text --exclude-dir:text --exclude-from:read --color::text --colour::text --label:text --group-separator:text --no-group-separator --binary-files:plain --extended-regexp --fixed-strings --basic-regexp --perl-regexp --ignore-case --no-ignore-case --word-regexp --line-regexp --no-messages --invert-match --byte-offset --line-number --line-buffered --with-filename --no-filename --only-matching --quiet --silent --text --recursive --dereference-recursive --files-without-match --files-with-matches --count --initial-tab --null --null-data ${HELP}`;
const LS = `[aAbBcCdfFgGhHiIklLmnNopqQrRsStuUvxXZ1] --all --almost-all --author --escape --block-size:text --ignore-backups --color::text --directory --dereference --classify::text --file-type --format:plain --full-time --group-directories-first --no-group --human-readable --si --hide:text --hyperlink::text --indicator-style:plain --inode -I,--ignore:text --kibibytes --numeric-uid-gid --literal --hide-control-chars --show-control-chars --quote-name --quoting-style:plain --reverse --recursive --size --sort:plain --time:plain --time-style:text -T,--tabsize:text -w,--width:text --context --zero ${HELP}`;
const RG = `[FiINnlcwxvoqsSULuaHhb0jpPt.] -# -A,--after-context:text -B,--before-context:text -C,--context:text -e,--regexp:text -f,--file:read -g,--glob:text --iglob:text -t,--type:plain -T,--type-not:plain -m,--max-count:text -M,--max-columns:text -j,--threads:text -d,--max-depth:text --maxdepth:text -r,--replace:text -E,--encoding:plain --max-filesize:text --sort:plain --sortr:plain --color:plain --colors:text --context-separator:text --ignore-file:read --engine:plain --path-separator:text --field-match-separator:text --field-context-separator:text --hyperlink-format:text --hidden --no-hidden --follow --no-follow --fixed-strings --ignore-case --smart-case --case-sensitive --line-number --no-line-number --column --no-column --files --files-with-matches --files-without-match --count --count-matches --word-regexp --line-regexp --invert-match --only-matching --quiet --no-heading --heading --no-filename --with-filename --no-ignore --no-ignore-vcs --no-ignore-parent --no-ignore-dot --no-ignore-global --no-messages --multiline --multiline-dotall --pcre2 --text --json --vimgrep --stats --trim --type-list --unrestricted --null --null-data --crlf --passthru --passthrough --debug --no-config --one-file-system --glob-case-insensitive --pretty --byte-offset --auto-hybrid-regex --include-zero ${HELP}`;

/** What a program of jq may not say: it would show the environment, or read files of its own. */
const JQ_OWN = /\b(env|import|include|input_filename|get_search_list|modulemeta|getpath_file)\b|\$ENV|\$__/;

/** A tool that searches a folder when it is given none, and reads all below. */
const TREES = 'text search*';

/** Commands that only show what is there. */
export const READERS: Readonly<Record<string, Grammar>> = {
  cat: reads(
    `[AbeEnstTuv] --show-all --number-nonblank --show-ends --number --squeeze-blank --show-tabs --show-nonprinting ${HELP}`,
  ),
  tac: reads(`[br] -s,--separator:text --before --regex ${HELP}`),
  rev: reads(HELP),
  head: reads(`[qvz] -# -n,--lines:text -c,--bytes:text --quiet --silent --verbose --zero-terminated ${HELP}`),
  tail: reads(
    `[fFqvz] -# -n,--lines:text -c,--bytes:text -s,--sleep-interval:text --follow::text --retry --pid:text --max-unchanged-stats:text --quiet --silent --verbose --zero-terminated ${HELP}`,
  ),
  wc: reads(`[clmLw] --bytes --chars --lines --max-line-length --words --total:plain --files0-from:names ${HELP}`),
  nl: reads(`[p] -b:text -d:text -f:text -h:text -i:text -l:text -n:text -s:text -v:text -w:text ${HELP}`),
  ...each('grep egrep fgrep', reads(GREP, TREES, { also: patternAside })),
  ...each(
    'zgrep',
    reads('[EFchHilnosvwx] -e:text -A:text -B:text -C:text -m:text', 'text read*', { also: patternAside }),
  ),
  ...each('rg', reads(RG, TREES, { also: patternAside })),
  ...each('ls dir vdir', reads(LS, 'list*')),
  ...each(
    'fd fdfind',
    reads(
      '[HIsiguaFlLp0q1] -e,--extension:text -t,--type:plain -d,--max-depth:text --min-depth:text --exact-depth:text -E,--exclude:text -S,--size:text --changed-within:text --changed-before:text -c,--color:plain -j,--threads:text --hidden --no-ignore --case-sensitive --ignore-case --glob --absolute-path --full-path --follow --print0 --max-results:text --fixed-strings --list-details --unrestricted --no-ignore-vcs --strip-cwd-prefix --quiet --version --help',
      'text list*',
    ),
  ),
  tree: reads(
    '[adfinNqQpsuhgDFCJXrtUvAS] -L:text -P:text -I:text --noreport --dirsfirst --filesfirst --prune --gitignore --matchdirs --ignore-case --charset:plain --filelimit:text --du --si --sort:plain --version --help',
    'list*',
  ),
  stat: reads(
    `[fLt] -c,--format:text --printf:text --dereference --file-system --terse --cached:plain ${HELP}`,
    'list*',
  ),
  file: reads(
    `[bikLhNnprs0vE] -F,--separator:text -e,--exclude:plain --brief --mime --mime-type --mime-encoding --extension --dereference --no-dereference --no-pad --keep-going --raw --print0 ${HELP}`,
    'read*',
  ),
  ...each('diff colordiff wdiff', reads(DIFF, 'search search')),
  diff3: reads('[aAeEmTxX3] --merge --text', 'read read read'),
  cmp: reads(
    `[bls] -i,--ignore-initial:text -n,--bytes:text --print-bytes --verbose --quiet --silent ${HELP}`,
    'read read text text',
  ),
  comm: reads(
    `[123z] --check-order --nocheck-order --output-delimiter:text --total --zero-terminated ${HELP}`,
    'read read',
  ),
  join: reads(
    `[iz] -a:text -e:text -j:text -o:text -t:text -v:text -1:text -2:text --check-order --nocheck-order --header ${HELP}`,
    'read read',
  ),
  cut: reads(
    `[nsz] -b,--bytes:text -c,--characters:text -d,--delimiter:text -f,--fields:text --complement --only-delimited --output-delimiter:text --zero-terminated ${HELP}`,
  ),
  tr: reads(`[cCdst] --complement --delete --squeeze-repeats --truncate-set1 ${HELP}`, 'text text'),
  paste: reads(`[sz] -d,--delimiters:text --serial ${HELP}`),
  fold: reads(`[bs] -# -w,--width:text --bytes --spaces ${HELP}`),
  fmt: reads(`[cstu] -# -w,--width:text -g,--goal:text -p,--prefix:text ${HELP}`),
  pr: reads('[adfFmrtT] -# -h:text -l:text -w:text -o:text -s::text -e::text -n::text'),
  column: reads(
    `[tenLRx] -c:text -N:text -s,--separator:text -o,--output-separator:text -R:text -H:text --table --json --table-columns:text ${HELP}`,
  ),
  expand: reads(`[i] -t,--tabs:text --initial ${HELP}`),
  unexpand: reads(`[a] -t,--tabs:text --all --first-only ${HELP}`),
  tsort: reads(HELP),
  numfmt: reads(
    `[dz] --from:plain --to:plain --from-unit:plain --to-unit:plain --field:text --format:text --header::text --padding:text --suffix:text --round:plain --invalid:plain ${HELP}`,
    'text*',
  ),
  du: reads(
    `[0abcDHhklLmPsSx] -B,--block-size:text -d,--max-depth:text -t,--threshold:text --all --apparent-size --bytes --total --human-readable --si --summarize --separate-dirs --one-file-system --null --dereference --exclude:text --time::text --time-style:text --inodes -X,--exclude-from:read ${HELP}`,
    'list*',
  ),
  df: reads(
    `[ahHiklmPTv] -B,--block-size:text -t,--type:plain -x,--exclude-type:plain --all --human-readable --inodes --local --total --portability --print-type --output::text ${HELP}`,
    'list*',
  ),
  od: reads(
    `[abcdfilosxv] -A:text -j:text -N:text -S:text -t:text -w::text --address-radix:text --skip-bytes:text --read-bytes:text --format:text --output-duplicates ${HELP}`,
  ),
  hexdump: reads('[bcCdovx] -n:text -s:text -e:text'),
  strings: reads(
    `[afow] -# -n,--bytes:text -t,--radix:text -e,--encoding:text -T:text --all --print-file-name ${HELP}`,
  ),
  ...each('md5sum sha1sum sha224sum sha256sum sha384sum sha512sum', reads(SUMS, 'read*', { also: checksList })),
  b2sum: reads(`${SUMS} -l,--length:text`, 'read*', { also: checksList }),
  shasum: reads(`[bctqs0U] -a,--algorithm:text ${HELP}`, 'read*', { also: checksList }),
  cksum: reads(`-a,--algorithm:plain --untagged --tag ${HELP}`),
  ...each(
    'realpath',
    reads(
      `[eLmPqsz] --canonicalize-existing --canonicalize-missing --no-symlinks --quiet --strip --relative-to:list --relative-base:list --zero ${HELP}`,
      'list*',
    ),
  ),
  ...each('readlink', reads(`[efmnqsvz] --canonicalize --canonicalize-existing --no-newline ${HELP}`, 'list*')),
  ...each('base64 base32', reads(`[di] -w,--wrap:text --decode --ignore-garbage ${HELP}`, 'read')),
  jq: reads(
    `[ceFhjMnrRsSCa] --compact-output --exit-status --join-output --monochrome-output --null-input --raw-output --raw-output0 --raw-input --slurp --sort-keys --color-output --ascii-output --arg:text+text --argjson:text+text --slurpfile:text+read --rawfile:text+read --seq --stream --stream-errors --tab --unbuffered --indent:text --args --jsonargs ${HELP}`,
    'text read*',
    {
      also: ({ operands: [program] }, reach) => {
        if (program && (program.kind !== 'literal' || JQ_OWN.test(program.text))) {
          reach.refuse('a program of jq that may show the environment or read other files', 'whole');
        }
      },
    },
  ),
  bat: reads(
    '[pAnuf] -l,--language:plain -r,--line-range:text -H,--highlight-line:text --style:text --plain --show-all --number --paging:plain --color:plain --wrap:plain --theme:text --tabs:text --decorations:plain --terminal-width:text --file-name:text --list-languages --list-themes --version --help',
    'read*',
    {
      also: ({ given }, reach) => {
        if (given.some(({ name, value }) => name === '--paging' && value?.text !== 'never'))
          reach.refuse('`bat` with a pager', 'whole');
      },
    },
  ),
  ...each('zcat gzcat bzcat xzcat', reads(`[fqv] --force --quiet ${HELP}`)),
  less: reads('[NSRFXEinMmsr] --LINE-NUMBERS --chop-long-lines --RAW-CONTROL-CHARS --quit-if-one-screen', 'read*', {
    also: pages,
  }),
  more: reads('[dflpcsu]', 'read*', { also: pages }),
  ps: reads(
    '[AaceflFHjLMNTVwx] -C:plain -G:plain -g:plain -o:plain -O:plain -p:plain -s:plain -t:plain -U:plain -u:plain -q:plain --sort:text --forest --no-headers --headers --pid:plain --ppid:plain --user:plain --format:plain --width:text --cols:text --columns:text --deselect --info --help --version',
    'text*',
    {
      // In the old way of ps `e` shows the environment of every process.
      also: ({ operands }, reach) => {
        if (operands.some(({ text }) => !/^([axufjlwrh]+|\d[\d,]*)$/.test(text)))
          reach.refuse('`ps` with more than it needs to list processes', 'whole');
      },
    },
  ),
  pgrep: reads(
    '[acflnovwx] -d:text -g:plain -G:plain -P:plain -s:plain -t:plain -u:plain -U:plain --list-name --list-full --full --newest --oldest --count --exact --parent:plain --help',
    'text',
  ),
  lsof: reads('[PnlbiatR] -i::text -p:plain -u:plain -c:plain -s::text -d:plain', 'list*'),
  free: reads('[bkmghtlwv] --human --mega --giga --total -s:text -c:text', ''),
  uptime: reads('[ps] --pretty --since', ''),
  date: reads(
    `[u] -d,--date:text -I::text --iso-8601::text -R --rfc-email --rfc-3339:plain -r,--reference:list --utc --universal --debug ${HELP}`,
    'text',
    {
      also: ({ operands: [shape] }, reach) => {
        if (shape && !shape.text.startsWith('+')) reach.refuse('`date` that sets the clock', 'whole');
      },
    },
  ),
  man: reads('[afkwW] -s:plain -S:plain --all --whatis --apropos --where', 'read*'),
  ...each('apropos whatis', reads('[alrw] -s:plain --exact', 'plain*')),
  tokei: reads(
    '[fCV] -e,--exclude:text -t,--type:text -s,--sort:plain -o,--output:plain --files --hidden --no-ignore -c:text',
    'search*',
  ),
  scc: reads(
    '[avwz] --by-file --no-cocomo --no-complexity -i:text -x:text -f:plain -s:plain --exclude-dir:text --include-ext:text',
    'search*',
  ),
  cloc: reads(
    '--by-file --json --yaml --csv --md --xml --quiet --hide-rate --exclude-dir:text --include-lang:text --exclude-lang:text --exclude-ext:text --include-ext:text --not-match-d:text --not-match-f:text --match-f:text --match-d:text --fullpath --git --skip-uniqueness --version --help',
    'search*',
  ),
  uniq: reads(
    `[cdDiuz] -f,--skip-fields:text -s,--skip-chars:text -w,--check-chars:text --count --repeated --all-repeated::text --ignore-case --unique --group::text --zero-terminated ${HELP}`,
    'read write',
    { also: changesWith(2) },
  ),
  xxd: reads('[abCEeipuru] -c:text -g:text -l:text -o:text -s:text -n:text -r -ps', 'read write', {
    also: changesWith(2),
  }),
  shuf: reads(
    `[erz] -i,--input-range:text -n,--head-count:text -o,--output:write --echo --repeat --random-source:read --zero-terminated ${HELP}`,
    'read*',
    { also: changesWhen('-o') },
  ),
  sort: reads(
    `[bdfghiMnRrVcCmsuz] -k,--key:text -t,--field-separator:text -o,--output:write -S,--buffer-size:text -T,--temporary-directory:write --ignore-leading-blanks --dictionary-order --ignore-case --general-numeric-sort --ignore-nonprinting --month-sort --human-numeric-sort --numeric-sort --random-sort --reverse --sort:plain --version-sort --check::text --merge --stable --unique --zero-terminated --parallel:text --batch-size:text --random-source:read --debug --compress-program:program --files0-from:names ${HELP}`,
    'read*',
    { also: changesWhen('-o', '-T') },
  ),
};

type Also = NonNullable<Grammar['also']>;

const HERE: Arg = { kind: 'literal', text: '.', tilde: false };

/** With a pattern given as an option every operand is a file, and without a file some read all below where they are. */
function patternAside(found: Found, reach: Reach, name: string): undefined {
  const given = has(found, '-e', '-f', '--files', '--type-list');
  const [first] = found.operands;
  if (first && given) judgeKind('search', first, first, reach, name);
  const deep = name === 'rg' || has(found, '-r', '-R', '--recursive', '--dereference-recursive');
  if (deep && found.operands.length <= (given ? 0 : 1)) judgeKind('search', HERE, HERE, reach, name);
}

/** Checking sums reads the files that a list names. */
function checksList(found: Found, reach: Reach, name: string): undefined {
  if (has(found, '-c', '--check')) judgeKind('names', HERE, HERE, reach, name);
}

/** A word such as `+!cmd` runs it, and a pager waits for a person. */
function pages({ operands }: Found, reach: Reach, name: string): undefined {
  if (operands.some(({ text }) => text.startsWith('+'))) reach.refuse(`\`${name}\` with commands of its own`, 'whole');
}

function changesWith(count: number): Also {
  return ({ operands }, reach) => {
    if (operands.length >= count) reach.change();
    return undefined;
  };
}

function changesWhen(...names: string[]): Also {
  return (found, reach) => {
    if (has(found, ...names)) reach.change();
    return undefined;
  };
}
