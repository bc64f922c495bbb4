import { asks, each, type Grammar, runs } from '../grammar/grammar.ts';
import { type Found, has } from '../grammar/options.ts';
import { isDevice } from '../paths.ts';
import { judgePaths, type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';
import { BEYOND, judgeTarget } from './packages.ts';

/** A program of the project: a file in it, and not what comes in as input. */
function fromFile(also?: (found: Found, reach: Reach, name: string) => Noted) {
  return (found: Found, reach: Reach, name: string): undefined => {
    const [file] = found.operands;
    if (!file && !has(found, '--version', '--help', '-h', '-v', '-V', '--test', '-m')) {
      reach.refuse(`\`${name}\` with code from its input, which shows nowhere in the work`);
    } else if (file && (file.text === '-' || isDevice(file.text))) {
      reach.refuse(`\`${name}\` with code from its input, which shows nowhere in the work`);
    } else if (file && (/:/.test(file.text) || /^(inspect|@.*)$/.test(file.text)))
      reach.refuse(`\`${name} ${shown(file.text)}\`, which is no file of the work`, 'whole');
    also?.(found, reach, name);
  };
}

const file = (options: string, more: Partial<Grammar> = {}) =>
  runs(options, 'any*', { stops: true, also: fromFile(), ...more });

/** Runs a module of Python as the command it is. */
function runModule({ given, operands }: Found, reach: Reach, name: string): Noted {
  const module = given.find((one) => one.name === '-m')?.value;
  if (!module) return;
  if (
    /^(venv|json\.tool|compileall|py_compile|build|tabnanny|timeit|unittest|doctest|this|calendar|tokenize|ast|dis|zipfile|ensurepip|site|sysconfig|platform|http\.server|django|flask|uvicorn|gunicorn)$/.test(
      module.text,
    )
  ) {
    if (/^(timeit|site)$/.test(module.text))
      reach.refuse(`\`${name} -m ${module.text}\` with code in its arguments`, 'whole');
    return judgePaths(operands, 'write', reach);
  }
  if (module.kind !== 'literal') return reach.refuse(`\`${name}\` with a module that is only known when it runs`);
  reach.command([module, ...operands]);
}

/** The module takes what stands behind it, and the options before it are Python's own. */
export function judgePython(
  args: readonly Arg[],
  reach: Reach,
  name: string,
  judge: (args: readonly Arg[]) => Noted,
): Noted {
  const at = args.findIndex(({ text }) => /^-[bBdEiIOqsSuvVx]*m$/.test(text));
  const plain = at >= 0 && args.slice(0, at).every(({ text }) => /^-[BbEIOsSuvq]+$/.test(text));
  if (!plain) return judge(args);
  reach.change();
  const [module, ...operands] = args.slice(at + 1);
  if (!module) return reach.refuse(`\`${name} -m\` without a module`);
  runModule(
    {
      given: [{ name: '-m', value: module, word: module, option: NONE }],
      operands,
      unknown: [],
      unsure: [],
      before: 0,
    },
    reach,
    name,
  );
}

const NONE = { names: ['-m'], kind: null, second: null, joined: false, beyond: false } as const;

const TEST_NODE =
  '--test --test-name-pattern:text --test-skip-pattern:text --test-only --test-reporter:plain --test-reporter-destination:write --test-concurrency:text --test-timeout:text --test-force-exit --test-shard:text --test-update-snapshots --test-isolation:plain --experimental-test-coverage --test-coverage-include:text --test-coverage-exclude:text --experimental-test-module-mocks --experimental-test-isolation:plain';

/** Settings of PHP that run nothing. */
const PHP_PLAIN =
  /^(memory_limit|display_errors|error_reporting|max_execution_time|xdebug\.mode|zend\.assertions|date\.timezone|assert\.exception)=[\w./-]*$/;

/** Interpreters with a program that stands in the work. */
export const LANGUAGES: Readonly<Record<string, Grammar>> = {
  node: file(
    `[vh] --version --help -c,--check --watch --watch-path:any --enable-source-maps --experimental-strip-types --no-experimental-strip-types --experimental-transform-types --no-warnings --trace-warnings --trace-uncaught --unhandled-rejections:plain --expose-gc --max-old-space-size:text --stack-trace-limit:text --inspect --env-file:read --experimental-vm-modules --preserve-symlinks --throw-deprecation --no-deprecation --experimental-sqlite --experimental-specifier-resolution:plain --cpu-prof --cpu-prof-dir:write --heap-prof ${TEST_NODE}`,
  ),
  ...each(
    'tsx ts-node',
    file(
      '[vhTP] --version --help --watch --transpile-only --esm --files --tsconfig:any --project:any --no-cache --test',
      { also: fromFile() },
    ),
  ),
  python: file('[bBdEIOqsSuvVx] --version --help'),
  ruby: file('[wvW] --version -I:any'),
  perl: file('[wvTtc] --version -I:any'),
  php: file('[lmniv] --version -d:plain -f:read', {
    also: fromFile(({ operands: [first, ...rest], given }, reach) => {
      const sets = given.find(({ name, value }) => name === '-d' && !PHP_PLAIN.test(value?.text ?? ''));
      if (sets) reach.refuse('`php -d` with a setting that is not known here', 'whole');
      // A tool of the project, started by its interpreter.
      const tool = /(^|\/)vendor\/bin\/([\w-]+)$/.exec(first?.text ?? '')?.[2];
      if (tool) reach.command([{ kind: 'literal', text: tool, tilde: false }, ...rest]);
    }),
  }),
  lua: file('[v]'),
  luajit: file('[v]'),
  java: runs(
    '-jar:any -cp:any -classpath:any -Xmx::plain -Xms::plain -Xss::plain -ea -version --version -D::plain',
    'any*',
    { dashes: 'single', stops: true },
  ),
  javac: runs(
    '-d:write -cp:any -classpath:any -sourcepath:any -source:plain -target:plain -Xlint -g -version --version -encoding:plain --release:plain -nowarn',
    'any*',
    { dashes: 'single' },
  ),
  deno: runs('-q --quiet', 'any*', {
    verbs: {
      ...each(
        'test bench',
        runs(
          '[ARWENSq] --allow-all --allow-read::any --allow-write::write --allow-env::plain --allow-net::plain --no-check --watch --filter:text --coverage::write --doc --fail-fast --parallel --config:any -c:any --junit-path:write --trace-leaks',
          'any*',
        ),
      ),
      ...each(
        'fmt lint check',
        runs(
          '--check --fix --ext:plain --ignore:any --rules-tags:plain --json --unstable-sloppy-imports --config:any -c:any --all --watch',
          'any*',
        ),
      ),
      ...each(
        'task',
        runs('', 'plain any*', {
          stops: true,
          also: ({ operands: [first] }, reach, name) => judgeTarget(first, reach, name),
        }),
      ),
      run: file(
        '[ARWENq] --allow-all --allow-read::any --allow-write::write --allow-env::plain --allow-net::plain --no-check --watch --config:any',
      ),
      ...each('cache info doc', runs('--json --reload', 'any*')),
    },
  }),
};

const PIP_INSTALL =
  '-r,--requirement:any -e,--editable:any -c,--constraint:any -U,--upgrade -q --quiet -v --verbose --no-deps --pre --no-cache-dir --disable-pip-version-check --upgrade-strategy:plain --no-build-isolation --user! -t,--target:write! --prefix:write! --break-system-packages! --no-input --force-reinstall --ignore-installed -I --only-binary:plain --no-binary:plain --extra-index-url! --index-url! -i! --no-warn-script-location --require-virtualenv --system! --python! --group:plain --all-extras --extra:plain';
const PIP_SHOWS =
  '-o,--outdated --format:plain -v --verbose -f --files --local -l --user --not-required --all -q --exclude-editable';
const pipVerbs = (install: (options: string) => Grammar): Record<string, Grammar> => ({
  install: install(PIP_INSTALL),
  ...each('list show freeze check tree help index inspect', runs(PIP_SHOWS, 'plain*')),
  ...each('download wheel', runs(`${PIP_INSTALL} -d,--dest:write -w,--wheel-dir:write`, 'any*')),
});
const PROJECT =
  '-q --quiet -v --verbose -n --no-interaction --no-root --with:plain --without:plain --only:plain --sync --all-extras -E:plain --extras:plain -G,--group:plain --dev -D --no-dev --dry-run --frozen --locked --no-sync --no-install-project --extra:plain --all-groups --all-packages --package:plain --upgrade -U -P,--upgrade-package:plain --optional:plain --editable --no-cache --offline --python:plain -p:plain --no-lock --no-update --prerelease:plain --resolution:plain --refresh --active --isolated --directory:folder --project:folder -C:folder';
const RUN = `${PROJECT} --env-file:read --no-project --with-requirements:any --script -s`;

/** `uv run x`, `poetry run x`: a program of the project, or its file. */
function runInProject({ operands: [first, ...rest] }: Found, reach: Reach, name: string): Noted {
  if (!first) return reach.refuse(`\`${name}\` without a command`);
  if (first.kind === 'literal' && /^[\w./-]+\.py$/.test(first.text))
    return judgePaths([first, ...rest], 'write', reach);
  reach.command([first, ...rest]);
}
const runIn = runs(RUN, 'text any*', { stops: true, also: runInProject });
const project = runs(PROJECT, 'any*');

/** Tools of Python's projects. */
export const PYTHON: Readonly<Record<string, Grammar>> = {
  pip: runs('-q --quiet -v --verbose --version --disable-pip-version-check', '', {
    verbs: pipVerbs((options) => asks(BEYOND, options, 'any*')),
  }),
  // In an environment of the project the same stays there.
  'venv-pip': runs('-q --quiet -v --verbose --version --disable-pip-version-check', '', {
    verbs: { ...pipVerbs((options) => runs(options, 'any*')), uninstall: runs('-y --yes -q', 'plain*') },
  }),
  uv: runs('-q --quiet -v --verbose --version --no-progress --color:plain --directory:folder --project:folder', '', {
    verbs: {
      run: {
        ...runIn,
        options: `${RUN} --with:plain! -m,--module:plain`,
        also: (found, reach, name) =>
          has(found, '-m') ? runModule(found, reach, name) : runInProject(found, reach, name),
      },
      ...each('sync lock add remove tree init build export version', project),
      venv: runs('--python:plain -p:plain --seed --clear --system-site-packages -q', 'write'),
      pip: runs('', '', {
        verbs: {
          ...pipVerbs((options) => runs(options, 'any*')),
          uninstall: runs('-y --system!', 'plain*'),
          ...each('sync compile', runs(`${PIP_INSTALL} -o,--output-file:write`, 'any*')),
        },
      }),
      ...each('format', runs('--check --diff', 'any*')),
    },
  }),
  poetry: runs(PROJECT, '', {
    verbs: {
      run: runIn,
      ...each('install add remove update lock show check build init new version env about sync', project),
      shell: asks('opening a shell'),
    },
  }),
  ...each(
    'pdm hatch rye pipenv',
    runs('-q -v', '', {
      verbs: {
        run: runIn,
        ...each('install add remove update lock sync list show info build fmt lint test init env graph check', project),
      },
    }),
  ),
  uvx: runs('-q --quiet --python:plain --with:plain! --from:plain!', 'text any*', { stops: true, also: runInProject }),
};
