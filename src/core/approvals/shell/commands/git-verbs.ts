import { asks, changes, each, type Grammar, reads } from '../grammar/grammar.ts';
import { type Found, has } from '../grammar/options.ts';
import { isAddress, NETWORK, type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';

const DIFF = `[pusRabwWz] -# -U,--unified:text -M::text -C::text -B::text -D -S:text -G:text -l:text -O:read -X::text -q --patch --no-patch --raw --patch-with-raw --patch-with-stat --stat::text --stat-width:text --compact-summary --shortstat --numstat --dirstat::text --summary --name-only --name-status --diff-filter:text --color::plain --no-color --color-words::text --word-diff::plain --word-diff-regex:text --color-moved::plain --no-renames --find-renames::text --find-copies::text --find-copies-harder --rename-empty --check --full-index --binary --abbrev::text --no-abbrev --pickaxe-all --pickaxe-regex --relative::list --no-relative --text --ignore-all-space --ignore-space-change --ignore-space-at-eol --ignore-cr-at-eol --ignore-blank-lines --ignore-matching-lines:text -I:text --inter-hunk-context:text --function-context --exit-code --quiet --no-ext-diff --no-textconv --ignore-submodules::plain --submodule::plain --src-prefix:text --dst-prefix:text --no-prefix --default-prefix --line-prefix:text --minimal --patience --histogram --anchored:text --diff-algorithm:plain --indent-heuristic --ws-error-highlight:plain --cc -c --combined-all-paths --diff-merges:plain --no-diff-merges --skip-to:text --rotate-to:text`;
const REVS = `--all --branches::text --tags::text --remotes::text --glob:text --exclude:text -n,--max-count:text --skip:text --since:text --after:text --until:text --before:text --author:text --committer:text --grep:text --all-match --invert-grep -i,--regexp-ignore-case -E,--extended-regexp -F,--fixed-strings -P,--perl-regexp --merges --no-merges --min-parents:text --max-parents:text --first-parent --not --boundary --left-right --left-only --right-only --cherry --cherry-pick --cherry-mark --ancestry-path::text --full-history --dense --sparse --simplify-merges --simplify-by-decoration --topo-order --date-order --author-date-order --reverse --objects --no-walk::plain --walk-reflogs -g --merge --show-pulls --no-notes --notes::text --show-notes::text --count --parents --children --timestamp --header --stdin`;
const LOG = `${DIFF} ${REVS} --oneline --graph --decorate::plain --no-decorate --decorate-refs:text --decorate-refs-exclude:text --source --follow --full-diff --log-size -L:text --pretty::text --format:text --abbrev-commit --no-abbrev-commit --date:text --relative-date --encoding:plain --expand-tabs::text --show-signature --use-mailmap --no-mailmap --clear-decorations -m -t -r --no-show-signature`;
const HELP = '-h --help';

/** Options of git itself that only say how it shows things. */
export const BEFORE =
  '-P,--no-pager -p,--paginate --no-optional-locks --literal-pathspecs --glob-pathspecs --icase-pathspecs --no-replace-objects --version --help -v -h';

type Also = NonNullable<Grammar['also']>;

/** Only these words may come first. */
function only(words: RegExp, also?: Also): Also {
  return (found, reach, name) => {
    const [first] = found.operands;
    if (first && (first.kind !== 'literal' || !words.test(first.text))) {
      const runs = /^(foreach|run|exec)$/.test(first.text);
      reach.refuse(
        `\`${name} ${shown(first.text)}\`, which reaches beyond the workspace`,
        runs ? 'whole' : spelled(name),
      );
    } else if (!first && !words.test(''))
      reach.refuse(`\`${name}\`, which reaches beyond the workspace`, spelled(name));
    return also?.(found, reach, name);
  };
}

function reading(options: string, more: Partial<Grammar> = {}): Grammar {
  return reads(`${options} ${HELP}`, 'git*', more);
}
function changing(options: string, more: Partial<Grammar> = {}): Grammar {
  return changes(`${options} ${HELP}`, 'git-change*', more);
}

/** A rule for pushing does not mean any address. */
function namedRemote({ operands: [remote] }: Found, reach: Reach): Noted {
  if (remote && isAddress(remote)) reach.refuse(`\`${shown(remote.text)}\`, ${NETWORK}`, [remote]);
}

/** Without a path it reads all that git knows of. */
function searchesAll({ operands }: Found, reach: Reach): Noted {
  if (operands.length <= 1) reach.touch({ path: reach.grounds.workspace, use: 'read', deep: true });
}

/** With a word it makes something, but for the options that list. */
function makes(...lists: string[]): Also {
  return (found, reach) => {
    if (found.operands.length > 0 && !has(found, ...lists)) reach.change();
    return undefined;
  };
}

function spelled(name: string): Arg[] {
  return name.split(' ').map((text) => ({ kind: 'literal', text, tilde: false }));
}

/** Going to a branch that others share lets everything that follows change it. */
function staysOnBranch(found: Found, reach: Reach, name: string): Noted {
  const refs = found.operands.slice(0, found.before);
  const [first, ...paths] = refs;
  const behind = found.operands.length > found.before;
  if (
    !first ||
    paths.length > 0 ||
    behind ||
    has(found, '-b', '-c', '--detach', '-d', '-p', '--patch', '--ours', '--theirs', '--orphan')
  )
    return;
  if (/^(HEAD([~^].*|@\{\d+\})?|[0-9a-f]{7,40})$/.test(first.text)) return;
  // A word that names a file is taken for it.
  const there = [...reach.where.folders].every((folder) => reach.grounds.realpath(`${folder}/${first.text}`) !== null);
  if (name === 'git checkout' && (there || first.kind === 'pattern')) return;
  reach.refuse(`going to the branch \`${shown(first.text)}\`, which others may build on`, [first]);
}

const COMMIT = `-a,--all -q,--quiet -s,--signoff -v,--verbose -n,--no-verify -p,--patch [ez] -m,--message:text -F,--file:read -C,--reuse-message:text -c,--reedit-message:text -t,--template:read -S::plain -u::plain --amend --no-edit --edit --allow-empty --allow-empty-message --author:text --date:text --no-signoff --gpg-sign::plain --no-gpg-sign --trailer:text --fixup:text --squash:text --reset-author --dry-run --short --porcelain --long --branch --status --no-status --only -o --include -i --cleanup:plain --no-post-rewrite --pathspec-from-file:names --null`;
const MERGE = `[nqveS] -m,--message:text -F,--file:read -s,--strategy:plain -X,--strategy-option:plain --no-commit --commit --ff --no-ff --ff-only --squash --no-squash --stat --no-stat --log::text --no-log --edit --no-edit --abort --continue --quit --allow-unrelated-histories --signoff --no-verify --quiet --verbose --autostash --no-autostash --into-name:text --no-gpg-sign`;
const PICK = `[enxsr] -m,--mainline:text --edit --no-commit --signoff --ff --allow-empty --keep-redundant-commits --abort --continue --skip --quit --strategy:plain -X:plain --no-gpg-sign --no-edit --empty:plain --reference`;

/** Verbs that change nothing. */
const READING: Readonly<Record<string, Grammar>> = {
  status: reading(
    '[sbvz] -u::plain --short --branch --porcelain::plain --long --verbose --untracked-files::plain --ignored::plain --ignore-submodules::plain --show-stash --ahead-behind --no-ahead-behind --renames --no-renames --column::plain --null',
  ),
  ...each('log whatchanged', reading(LOG)),
  show: reading(LOG),
  ...each('diff', reading(`${DIFF} --cached --staged --merge-base --no-index -0 -1 -2 -3 --base --ours --theirs`)),
  ...each(
    'diff-tree diff-index diff-files',
    reading(`${DIFF} --cached -r -t --root -m --pretty::text --no-commit-id --stdin -v --merge-base -s`),
  ),
  'range-diff': reading(`${DIFF} --creation-factor:text --no-dual-color --left-only --right-only`),
  ...each(
    'blame annotate',
    reading(
      '[bcflnpstwekM] -L:text -S:read -C::text -M::text --root --show-stats --porcelain --line-porcelain --incremental --encoding:plain --contents:read --date:text --since:text --show-name --show-number --show-email --ignore-rev:text --ignore-revs-file:read --abbrev:text --color-lines --color-by-age --first-parent --reverse -w',
    ),
  ),
  shortlog: reading(`${REVS} -n,--numbered [sec] -w::text --summary --email --format:text --group:text`),
  describe: reading(
    '--all --tags --contains --abbrev:text --candidates:text --exact-match --debug --long --match:text --exclude:text --always --first-parent --dirty::text --broken::text',
  ),
  grep: reading(
    '[aIiwvhHEGPFnlLzocpqWr] -# -m:text -e:text -f:read -A:text -B:text -C:text --cached --untracked --no-index --no-exclude-standard --exclude-standard --recurse-submodules --text --ignore-case --word-regexp --invert-match --full-name --extended-regexp --basic-regexp --perl-regexp --fixed-strings --line-number --column --files-with-matches --name-only --files-without-match --null --only-matching --count --color::plain --no-color --break --heading --show-function --function-context --context:text --after-context:text --before-context:text --max-count:text --max-depth:text --and --or --not --all-match --quiet --threads:text --no-textconv --recursive',
    {
      operands: 'text git*',
      also: searchesAll,
    },
  ),
  'ls-files': reading(
    '[cdmoistkuzvf] -x,--exclude:text -X,--exclude-from:read --exclude-per-directory:plain --exclude-standard --cached --deleted --modified --others --ignored --stage --unmerged --killed --directory --no-empty-directory --error-unmatch --with-tree:text --full-name --recurse-submodules --abbrev::text --debug --eol --deduplicate --format:text',
  ),
  'ls-tree': reading(
    '[drtlz] --long --name-only --name-status --object-only --full-name --full-tree --abbrev::text --format:text',
  ),
  'cat-file': reading(
    '[tspe] --batch::text --batch-check::text --batch-all-objects --buffer --unordered --follow-symlinks --use-mailmap',
    { operands: 'text* git' },
  ),
  'rev-parse': reading(
    '[q] --short::text --abbrev-ref::plain --symbolic --symbolic-full-name --verify --quiet --show-toplevel --git-dir --absolute-git-dir --git-common-dir --git-path:text --show-prefix --show-cdup --show-superproject-working-tree --is-inside-work-tree --is-inside-git-dir --is-bare-repository --is-shallow-repository --all --branches::text --tags::text --remotes::text --sq --not --flags --no-flags --revs-only --no-revs --default:text --path-format:plain --show-object-format::plain --local-env-vars --since:text --until:text',
  ),
  'rev-list': reading(`${LOG} --use-bitmap-index --disk-usage::plain --bisect --bisect-all`),
  'name-rev': reading('--tags --refs:text --all --name-only --always --no-undefined'),
  'merge-base': reading('[a] --all --octopus --independent --is-ancestor --fork-point'),
  'merge-tree': reading(
    '[z] --write-tree --messages --no-messages --name-only --merge-base:text --allow-unrelated-histories --trivial-merge',
  ),
  'for-each-ref': reading(
    '--count:text --sort:text --format:text --color::plain --points-at:text --merged::text --no-merged::text --contains::text --no-contains::text --ignore-case --omit-empty --exclude:text',
  ),
  'show-ref': reading(
    '[dq] --head --heads --branches --tags --dereference --hash::text -s::text --verify --abbrev::text --quiet --exists',
  ),
  'check-ignore': reading('[qvnz] --quiet --verbose --non-matching --no-index --stdin'),
  'check-attr': reading('[az] --all --cached --stdin'),
  'count-objects': reading('[vH] --verbose --human-readable'),
  cherry: reading('[v] --abbrev::text'),
  version: reading('--build-options'),
  reflog: reading(`${LOG} `, {
    also: only(/^(show|exists|list|HEAD|HEAD@\{\d+\}|[\w./-]*)$/, only(/^(?!expire$|delete$|drop$)/)),
  }),
  remote: reading('[v] --verbose', { operands: 'text*', also: only(/^(get-url|)$/) }),
  worktree: reading('[vz] --porcelain --verbose', { operands: 'text', also: only(/^list$/) }),
  stash: reading(
    `${DIFF} -m,--message:text -k --keep-index --index -u --include-untracked --only-untracked --oneline --format:text`,
    { operands: 'text*', also: only(/^(list|show)$/) },
  ),
  submodule: reading('[q] --init --remote --depth:text --cached --recursive --quiet', {
    operands: 'text*',
    also: only(/^(status|)$/),
  }),
  notes: reading('--ref:text', { operands: 'text*', also: only(/^(list|show|)$/) }),
  var: reading('-l', { operands: 'plain' }),
  'verify-commit': reading('-v --raw', { operands: 'text*' }),
};

/** Verbs that change nothing but the worktree, its branch and what only it uses. */
const CHANGING: Readonly<Record<string, Grammar>> = {
  add: changing(
    '[nvfipeuAN] --dry-run --verbose --force --interactive --patch --edit --update --all --no-all --no-ignore-removal --intent-to-add --refresh --ignore-errors --ignore-missing --sparse --renormalize --chmod:plain',
  ),
  commit: changing(COMMIT),
  mv: changing('[fknv] --force --verbose --dry-run'),
  rm: changing('[fnrq] --cached --force --dry-run --ignore-unmatch --quiet --sparse'),
  reset: changing('-q,--quiet -N,--intent-to-add -p,--patch --soft --mixed --hard --merge --keep --no-refresh'),
  restore: changing(
    '[pqSW2] -s,--source:text --staged --worktree --patch --quiet --ours --theirs --merge -m --conflict:plain --ignore-unmerged --overlay --no-overlay --progress',
  ),
  revert: changing(PICK),
  'cherry-pick': changing(PICK),
  apply: changing(
    '[qvNR3z] -p:text -C:text --stat --numstat --summary --check --index --cached --3way --reverse --reject --whitespace:plain --recount --directory:write --exclude:text --include:text --verbose --quiet --allow-empty --unidiff-zero --inaccurate-eof --ignore-whitespace --ignore-space-change --intent-to-add --apply --binary',
  ),
  am: changing(
    '[skq3i] --signoff --keep --3way --abort --continue --skip --quit --no-verify --show-current-patch::plain --whitespace:plain -p:text --keep-cr --committer-date-is-author-date',
  ),
  clean: changing('[dixX] -f,--force -n,--dry-run -q,--quiet -e,--exclude:text'),
  merge: changing(MERGE),
  'hash-object': changing('[w] -t:plain --stdin --no-filters --path:list --literally'),
  'format-patch': changing(
    `${DIFF} ${REVS} -o,--output-directory:write -k -n -N --numbered --no-numbered --stdout --start-number:text --numbered-files --cover-letter --base:text -v:text --subject-prefix:text --signature:text --no-signature --signoff --thread::plain --attach::plain --zero-commit`,
  ),
  'write-tree': changing('--missing-ok --prefix:plain'),
  'update-index': changing(
    '[qv] --add --remove --refresh --force-remove --chmod:plain --assume-unchanged --no-assume-unchanged --skip-worktree --no-skip-worktree --really-refresh --again -g',
  ),
  checkout: changing(
    '-B:text! [qfpmlt] -b:text --quiet --force --patch --merge --ours --theirs --detach -d --track::plain --no-track --guess --no-guess --progress --no-progress --conflict:plain --orphan:text --overlay --no-overlay -2 -3 --ignore-skip-worktree-bits',
    { also: staysOnBranch },
  ),
  switch: changing(
    '-C,--force-create:text! [qfmdt] -c,--create:text --quiet --force --merge --detach --track::plain --no-track --guess --no-guess --discard-changes --orphan:text --conflict:plain --progress',
    { also: staysOnBranch },
  ),
  branch: reading(
    '-D! -d,--delete! -m,--move! -M! -c,--copy! -C! -f,--force! -u,--set-upstream-to:text! --unset-upstream! --edit-description! [avrqilt] --list --all --remotes --verbose -vv --show-current --contains::text --no-contains::text --merged::text --no-merged::text --sort:text --format:text --points-at:text --column::plain --no-column --color::plain --no-color --abbrev:text --no-abbrev --quiet --ignore-case --track::plain --no-track',
    {
      also: makes(
        '--list',
        '--show-current',
        '--contains',
        '--no-contains',
        '--merged',
        '--no-merged',
        '--points-at',
        '-a',
        '-r',
      ),
    },
  ),
  tag: reading(
    '-d,--delete! -f,--force! [aslv] -n::text -m,--message:text -F,--file:read -u:plain --list --annotate --sign --no-sign --contains::text --no-contains::text --merged::text --no-merged::text --points-at::text --sort:text --format:text --column::plain --color::plain --ignore-case --verify --create-reflog --cleanup:plain',
    {
      also: makes(
        '--list',
        '-l',
        '--contains',
        '--no-contains',
        '--merged',
        '--no-merged',
        '--points-at',
        '--verify',
        '-v',
      ),
    },
  ),
  rebase: changing(
    '[iqvfkrn] --onto:text --keep-base --interactive --continue --skip --abort --quit --edit-todo --show-current-patch --apply --merge -m --strategy:plain -s:plain --strategy-option:plain -X:plain --rebase-merges::plain --no-rebase-merges --autosquash --no-autosquash --autostash --no-autostash --root --no-verify --verify --stat --no-stat --no-ff --force-rebase --fork-point --no-fork-point --ignore-whitespace --whitespace:plain --committer-date-is-author-date --reset-author-date --signoff --empty:plain --keep-empty --no-keep-empty --reapply-cherry-picks --no-reapply-cherry-picks --no-update-refs --quiet --verbose --no-gpg-sign',
    {
      also: ({ operands }, reach) => {
        const [, branch] = operands;
        if (branch) reach.refuse(`going to the branch \`${shown(branch.text)}\`, which others may build on`, [branch]);
      },
    },
  ),
  bisect: changing('--first-parent --no-checkout --term-old:plain --term-new:plain', {
    also: only(/^(start|good|bad|new|old|skip|reset|log|terms)$/),
  }),
  rerere: changing('', { also: only(/^(status|diff|remaining|)$/) }),
};

const REMOTE =
  '-# -f,--force -u,--set-upstream -d,--delete -n,--dry-run -q,--quiet -v,--verbose -t,--tags -p,--prune [akPj4] --all --append --atomic --depth:text --deepen:text --unshallow --prune-tags --no-tags --progress --no-progress --recurse-submodules::plain --no-recurse-submodules --jobs:text --refmap:text --update-head-ok --rebase::plain --no-rebase --ff --ff-only --no-ff --no-edit --autostash --no-autostash --no-commit --squash --stat --no-verify --verify --force-with-lease::text --force-if-includes --mirror --follow-tags --no-follow-tags --branches --porcelain --thin --signed::plain --repo:text! -b,--branch:text --single-branch --no-single-branch --bare --filter:text --no-checkout --origin:plain -o:plain --shallow-since:text --no-hardlinks --heads -h --refs --symref --exit-code --get-url --sort:text --rebase -r --multiple --init --remote --checkout --name-only';
const BEYOND = 'which reaches beyond the workspace or is not known here';

/** Verbs that reach a remote or what other worktrees share: always a question, and known so that a rule can mean them. */
const ASKING: Readonly<Record<string, Grammar>> = {
  ...each('fetch pull ls-remote', asks(BEYOND, REMOTE, 'plain*')),
  push: asks(BEYOND, REMOTE.replace('-o:plain', ''), 'text*', { also: namedRemote }),
  clone: asks(BEYOND, REMOTE, 'text write'),
};

export const GIT_VERBS: Readonly<Record<string, Grammar>> = { ...READING, ...CHANGING, ...ASKING };
