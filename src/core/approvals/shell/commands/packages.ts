import { asks, each, type Grammar, runs } from '../grammar/grammar.ts';
import type { Found } from '../grammar/options.ts';
import { judgePaths, type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';

/** Why what sends work away, or changes more than the project, is refused. */
export const BEYOND = 'which reaches beyond the workspace';

const LOUD =
  '[sqdy] -v --verbose --silent --quiet --json --yes --loglevel:plain --color::plain --no-color --reporter:plain';
const INSTALL = `-g,--global! -D,--save-dev,--dev -S,--save -P,--save-prod,--prod,--production -O,--save-optional,--optional -E,--save-exact,--exact -T -B -W -f,--force --save-peer --peer --no-save --no-audit --audit::plain --no-fund --fund::plain --legacy-peer-deps --strict-peer-deps --ignore-scripts --omit:plain --include:plain --only:plain --prefer-offline --offline --frozen-lockfile --no-frozen-lockfile --immutable --package-lock-only --lockfile-only --no-package-lock --no-lockfile --dry-run --no-progress --progress::plain --foreground-scripts --no-optional --ignore-engines --ignore-workspace-root-check --non-interactive --check-files --mode:plain --latest -L -i --interactive --no-cache --shamefully-hoist`;
const SCRIPT = `--if-present --ignore-scripts --workspaces --include-workspace-root --fix --watch --coverage --ci --run --passWithNoTests --updateSnapshot --parallel --stream --sequential --no-bail --bail --aggregate-output --production --debug --host --port:plain --mode:plain`;

/** Names of scripts that send work away, whatever they are written in. */
const SENDS = /(^|[-_:/.])(publish|unpublish|release|deploy|upload|push)($|[-_:/.])/;

/** The same of every word that is no path. */
export function judgeTargets({ operands }: Found, reach: Reach, name: string): Noted {
  for (const operand of operands) if (!/[./]/.test(operand.text)) judgeTarget(operand, reach, name);
}

/** Asks about a script or a target whose name says that it sends work away. */
export function judgeTarget(target: Arg | undefined, reach: Reach, name: string): Noted {
  if (target && SENDS.test(target.text)) reach.refuse(`\`${name} ${shown(target.text)}\`, ${BEYOND}`, [target]);
}

const script: Grammar = runs(SCRIPT, 'plain any*', {
  also: ({ operands: [first] }, reach, name) => judgeTarget(first, reach, name),
});
const ownScript: Grammar = runs(SCRIPT, 'any*');
const install: Grammar = runs(INSTALL, 'any*');
const shows: Grammar = runs(
  '-l --long -a,--all --depth::text --depth:text -p --parseable --prod --dev --recursive',
  'plain*',
);
const exec: Grammar = runs(
  '-y --yes --no --no-install -p,--package:plain! --package:plain! -c,--call:code --shell-mode! --parallel',
  'any*',
  {
    stops: true,
    also: runTool,
  },
);

/** Runs a program of the project, or of a package: only one that is known here. */
function runTool({ operands: [first, ...rest], given }: Found, reach: Reach, name: string): Noted {
  if (!first) {
    if (given.length === 0) reach.refuse(`\`${name}\` without a command`);
    return;
  }
  const [, scoped, plain] = /^(@[\w.-]+\/)?([\w.-]+)(@[\w.^~-]*)?$/.exec(first.text) ?? [];
  const known =
    first.kind === 'literal' ? (SCOPED[`${scoped ?? ''}${plain}`] ?? (scoped ? undefined : plain)) : undefined;
  if (known?.startsWith('create-')) return judgePaths(rest, 'write', reach);
  if (known === undefined) return reach.refuse(`\`${name} ${shown(first.text)}\`, which is not known here`, [first]);
  reach.command([{ ...first, text: known }, ...rest]);
}

const SCOPED: Readonly<Record<string, string>> = {
  '@biomejs/biome': 'biome',
  '@playwright/test': 'playwright',
  'typescript-eslint': 'eslint',
};

/** Scripts that nearly every project has under these names. */
const USUAL =
  /^(test|tests|build|dev|start|stop|serve|preview|lint|format|fmt|typecheck|type-check|types|check|check-types|check-format|coverage|cover|e2e|unit|integration|clean|generate|codegen|gen|docs|ci|watch|validate|verify|bench|storybook|compile|bundle|fix|lint-fix|prettier|tsc|setup|bootstrap|prepare|migrate|seed|debug|analyze|size|snapshot)$/;

/** `yarn x`, `pnpm x`: a script of the project, or a program it has. */
function projectWord(words: readonly Arg[], reach: Reach, name: string): Noted {
  const [first, ...rest] = words;
  if (!first) return;
  reach.change();
  if (USUAL.test(first.text) || /^[\w-]+(:[\w-]+)+$/.test(first.text)) {
    judgeTarget(first, reach, name);
    return judgePaths(rest, 'write', reach);
  }
  runTool({ operands: words, given: [], unknown: [], unsure: [], before: words.length }, reach, name);
}

const beyond = (names: string) =>
  each(
    names,
    asks(BEYOND, `${INSTALL.replace('-g,--global! ', '')} --tag:plain --access:plain --otp:plain --provenance`, 'any*'),
  );

const NPM: Readonly<Record<string, Grammar>> = {
  ...each(
    'install i in ins add ci clean-install ic install-test it uninstall un remove rm r update up upgrade udpate dedupe ddp prune rebuild rb',
    install,
  ),
  ...each('run run-script rum urn', script),
  ...each('test t tst start stop restart', ownScript),
  ...each('exec x', exec),
  ...each(
    'ls list ll la outdated view info show v why explain fund root prefix bin help search query ping docs',
    shows,
  ),
  audit: runs('--omit:plain --audit-level:plain --production --dry-run', 'plain*'),
  pack: runs('--dry-run --pack-destination:write', 'any*'),
  version: runs(
    '--no-git-tag-version --git-tag-version::plain -m,--message:text --preid:plain --allow-same-version',
    'plain*',
  ),
  pkg: runs('', 'plain any*'),
  ...each('init create innit', runs('--scope:plain', 'any*')),
  config: runs('', 'plain plain', {
    also: ({ operands: [first] }, reach) => {
      if (!/^(get|list|ls)$/.test(first?.text ?? ''))
        reach.refuse(`\`npm config\`, ${BEYOND}`, first ? [first] : 'whole');
    },
  }),
  cache: runs('', 'plain plain'),
  ...beyond(
    'publish unpublish login logout adduser token owner access dist-tag deprecate team org hook profile star link ln set c trust stage explore edit',
  ),
};

const NPM_BEFORE = `${LOUD} --prefix:folder -C:folder -w,--workspace:any --workspaces --include-workspace-root`;
const FLOCK =
  'install i add remove rm uninstall up update upgrade dedupe prune rebuild fetch import patch link-workspace-packages';

/** What each package manager understands. */
export const PACKAGES: Readonly<Record<string, Grammar>> = {
  npm: runs(NPM_BEFORE, '', { verbs: NPM }),
  pnpm: runs(
    `${LOUD} -r,--recursive -F,--filter:plain -C,--dir:folder -w,--workspace-root --prefix:folder --parallel --stream --no-bail --workspace-concurrency:text --if-present --aggregate-output`,
    '',
    {
      verbs: {
        ...each(FLOCK, install),
        ...each('run', script),
        ...each('test t start', ownScript),
        ...each('exec dlx', { ...exec, also: runTool }),
        ...each('ls list ll la outdated view info why audit root bin store-status licenses', shows),
        ...each('create init', runs('', 'any*')),
        ...beyond('publish login logout link ln config c setup self-update env deploy'),
      },
      orElse: projectWord,
    },
  ),
  yarn: runs(`${LOUD} --cwd:folder`, 'any*', {
    verbs: {
      ...each(FLOCK, install),
      run: runs(`${SCRIPT} -T -B`, 'plain any*', {
        stops: true,
        also: ({ operands }, reach, name) => projectWord(operands, reach, name),
      }),
      ...each('exec dlx', exec),
      ...each('list outdated info why audit bin constraints dedupe', shows),
      workspace: runs('', 'plain any*', {
        stops: true,
        also: ({ operands: [, ...rest] }, reach) => reach.command([literal('yarn'), ...rest]),
      }),
      workspaces: runs(
        '-A,--all -p,--parallel -t,--topological --topological-dev -v,--verbose -i,--interlaced --include:plain --exclude:plain --since::plain -j:text --no-private',
        'plain any*',
        {
          stops: true,
          also: ({ operands: [first, ...rest] }, reach, name) => {
            const at = rest.findIndex(({ text }) => !text.startsWith('-'));
            if (/^(foreach|run)$/.test(first?.text ?? '')) {
              const words = first?.text === 'run' ? [literal('run'), ...rest] : rest.slice(Math.max(0, at));
              const options = first?.text === 'foreach' ? rest.slice(0, Math.max(0, at)) : [];
              if (
                options.some(
                  ({ text }) =>
                    !/^(-[Aptvi]+|--(all|parallel|topological|topological-dev|verbose|interlaced|no-private))$/.test(
                      text,
                    ),
                )
              ) {
                reach.refuse(`\`${name}\` with options that are not known here`, 'whole');
              }
              reach.command([literal('yarn'), ...words]);
            } else if (!/^(list|info|focus)$/.test(first?.text ?? ''))
              reach.refuse(`\`${name}\`, which is not known here`, 'whole');
          },
        },
      ),
      init: runs('-2', 'any*'),
      create: runs('', 'any*'),
      ...beyond('publish npm login logout global link config owner tag team set plugin unlink'),
    },
    orElse: projectWord,
  }),
  bun: runs(`${LOUD} --bun --cwd:folder --watch --hot`, 'any*', {
    verbs: {
      ...each(FLOCK, install),
      run: runs(`${SCRIPT} --bun --hot --silent`, 'any any*', {
        stops: true,
        also: ({ operands: [first] }, reach, name) => judgeTarget(first, reach, name),
      }),
      test: runs(
        '--watch --coverage --bail::text --timeout:text -t,--test-name-pattern:text --rerun-each:text --only --todo -u,--update-snapshots',
        'any*',
      ),
      build: runs(
        '--outdir:write --outfile:write --target:plain --format:plain --minify --splitting --sourcemap::plain --external:plain --watch',
        'any*',
      ),
      x: exec,
      ...each('outdated pm why audit info', shows),
      ...each('create init', runs('-y', 'any*')),
      ...beyond('publish link upgrade unlink'),
    },
    orElse(words, reach, name) {
      const [first] = words;
      if (/^[\w./-]+\.(m|c)?[jt]sx?$/.test(first?.text ?? '')) {
        reach.change();
        judgePaths(words, 'write', reach);
      } else projectWord(words, reach, name);
    },
  }),
  ...each(
    'npx bunx pnpx',
    runs(
      '[yq] --yes --no --no-install --quiet --offline --prefer-offline --prefer-online --bun -p,--package:plain! -c,--call:code',
      'any*',
      { stops: true, also: runTool },
    ),
  ),
};

function literal(text: string): Arg {
  return { kind: 'literal', text, tilde: false };
}
