import { each, type Grammar, runs } from '../grammar/grammar.ts';
import type { Found } from '../grammar/options.ts';
import { type Noted, type Reach, shown } from '../reach.ts';
import { judgeTargets } from './packages.ts';

const HELP = '-h --help -V --version -v';
const SHARED = `${HELP} --verbose --quiet -q --silent --color::plain --no-color --debug`;
const ESLINT = `${SHARED} --fix --fix-dry-run --fix-type:plain --ext:plain --cache --cache-location:write --cache-strategy:plain -c,--config:any --no-eslintrc --max-warnings:text -f,--format:plain -o,--output-file:write --ignore-pattern:text --ignore-path:any --no-ignore --report-unused-disable-directives --no-error-on-unmatched-pattern --no-warn-ignored --rule:text --env:plain --quiet --print-config:list --no-inline-config --pass-on-no-patterns --stats --concurrency:plain`;
const JEST = `${SHARED} -t,--testNamePattern,--test-name-pattern:text --testPathPattern,--testPathPatterns:text --testPathIgnorePatterns:text --coverage::plain --collectCoverage --collectCoverageFrom:text --coverageReporters:plain --coverageDirectory:write --watch::plain --watchAll::plain --ci --runInBand -i -u,--updateSnapshot -b,--bail::plain -w,--maxWorkers:text --no-cache --clearCache --detectOpenHandles --forceExit --passWithNoTests -o,--onlyChanged --changedSince:plain --findRelatedTests --listTests --showConfig --json --outputFile:write -c,--config:any --rootDir:any --selectProjects:plain --projects:any --testTimeout:text --no-coverage --noStackTrace --expand --logHeapUsage --runTestsByPath --reporters:plain --randomize --seed:text --shard:text --errorOnDeprecated --testEnvironment:plain --workerIdleMemoryLimit:text --silent --env:plain`;
const VITEST = `${SHARED} --run --watch::plain -w --no-watch -t,--testNamePattern:text -u,--update -c,--config:any -r,--root:any --dir:any --reporter:plain --outputFile::write --outputFile.json:write --coverage --coverage.enabled::plain --coverage.provider:plain --coverage.reporter:plain --coverage.include:text --coverage.exclude:text --no-coverage --ui --globals --environment:plain --environment:plain --pool:plain --poolOptions.threads.singleThread::plain --poolOptions.forks.singleFork::plain --maxWorkers:text --minWorkers:text --maxConcurrency:text --fileParallelism::plain --no-file-parallelism --no-isolate --isolate::plain --bail:text --retry:text --testTimeout:text --hookTimeout:text --passWithNoTests --allowOnly --changed::plain --shard:text --project:plain --mode:plain --typecheck --typecheck.only --exclude:text --sequence.shuffle --sequence.seed:text --logHeapUsage --hideSkippedTests --printConsoleTrace --disable-console-intercept --expandSnapshotDiff --inspect --no-color --api::plain`;
const PYTEST = `${HELP} -# [qsxlv] -vv -vvv -rA -ra -rs -rf -rx -rP -r:plain -k:text -m:text -n:plain -c:any -p:plain --maxfail:text --lf --last-failed --ff --failed-first --nf --sw --stepwise --pdb! --tb:plain --durations:text --durations-min:text --collect-only --co --cov::any --cov-report:plain --cov-config:any --cov-fail-under:text --cov-branch --cov-append --no-cov --no-header --no-summary --disable-warnings --disable-pytest-warnings --strict-markers --strict-config --strict -W:text --color:plain --capture:plain --showlocals --exitfirst --verbose --quiet --junitxml:write --junit-xml:write --rootdir:any --ignore:any --ignore-glob:text --deselect:any --import-mode:plain --basetemp:write --cache-clear --cache-show --markers --fixtures --setup-show --timeout:text --asyncio-mode:plain --reruns:text --randomly-seed:plain --numprocesses:plain --dist:plain --runslow --benchmark-only --benchmark-skip --benchmark-disable --snapshot-update --update-snapshots --ds:plain --reuse-db --create-db --nomigrations --log-cli-level:plain --log-level:plain --full-trace --no-migrations --continue-on-collection-errors --confcutdir:any`;
const RUFF = `${SHARED} --fix --unsafe-fixes --fix-only --diff --watch --select:plain --ignore:plain --extend-select:plain --extend-ignore:plain --exclude:text --extend-exclude:text --config:any --output-format:plain --statistics --no-cache --show-fixes --line-length:text --target-version:plain --check --preview --isolated --exit-zero --exit-non-zero-on-fix --stdin-filename:list -o,--output-file:write --force-exclude -n -e --add-noqa --show-settings --show-files --per-file-ignores:plain --range:plain`;
const MYPY = `${SHARED} --strict --ignore-missing-imports --config-file:any --show-error-codes --no-error-summary --pretty --no-incremental --cache-dir:write --python-version:plain --platform:plain -p,--package:plain -m,--module:plain --exclude:text --follow-imports:plain --install-types --non-interactive --namespace-packages --explicit-package-bases --no-strict-optional --check-untyped-defs --disallow-untyped-defs --warn-unused-ignores --warn-return-any --no-site-packages --show-column-numbers --show-error-context --hide-error-context --show-traceback --python-executable! --junit-xml:write --txt-report:write --html-report:write --soft-error-limit:text --enable-error-code:plain --disable-error-code:plain`;
const CC = `[cgwsSEv] -O::plain -W::plain -f::plain -m::plain -D:text -U:plain -I:any -L:any -l:plain -o:write -std:plain -pthread -pedantic -pedantic-errors -ansi -shared -static -rdynamic -pipe -M::plain -include:any -isystem:any -x:plain -print-search-dirs -dumpversion -dumpmachine --version --help -v -g1 -g2 -g3 -ggdb -nostdlib -fsyntax-only`;

/** Compilers hand on what stands behind some options to other programs. */
function plainForLinker({ given, operands }: Found, reach: Reach, name: string): Noted {
  const list = operands.find(({ text }) => text.startsWith('@'));
  if (list) reach.refuse(`\`${name} ${shown(list.text)}\`, a file with options`, 'whole');
  for (const { name: option, value, word } of given) {
    const text = value?.text ?? '';
    if ((option === '-W' && /^[lap],/.test(text)) || (option === '-f' && /^(plugin|use-ld)/.test(text))) {
      reach.refuse(`\`${name} ${shown(word.text)}\`, which runs another program`, 'whole');
    }
  }
}

/** Checkers, compilers and runners of tests: they run what stands in the project, and get no code in their arguments. */
export const TOOLS: Readonly<Record<string, Grammar>> = {
  ...each(
    'tsc vue-tsc tsgo',
    runs(
      `${HELP} -p,--project:any -b,--build --noEmit::plain --watch -w --pretty::plain --outDir:write --outFile:write --rootDir:any --declaration::plain -d --emitDeclarationOnly --declarationDir:write --target:plain -t:plain --module:plain -m:plain --moduleResolution:plain --strict::plain --jsx:plain --lib:plain --types:plain --skipLibCheck::plain --incremental::plain --tsBuildInfoFile:write --listFiles --listFilesOnly --showConfig --init --force -f --clean --dry --verbose --extendedDiagnostics --diagnostics --explainFiles --traceResolution --noErrorTruncation --noUnusedLocals::plain --noUnusedParameters::plain --esModuleInterop::plain --allowJs::plain --checkJs::plain --resolveJsonModule::plain --isolatedModules::plain --sourceMap::plain --noEmitOnError::plain --preserveWatchOutput --composite::plain --singleThreaded`,
      'any*',
    ),
  ),
  ...each('eslint eslint_d standard xo', runs(ESLINT, 'any*')),
  prettier: runs(
    `${SHARED} -w,--write -c,--check -l,--list-different --config:any --ignore-path:any --parser:plain --print-width:text --tab-width:text --single-quote --no-semi --trailing-comma:plain --log-level:plain --loglevel:plain --cache --no-error-on-unmatched-pattern --ignore-unknown -u --stdin-filepath:list --no-config --no-editorconfig --prose-wrap:plain --end-of-line:plain --use-tabs --bracket-same-line`,
    'any*',
  ),
  ...each(
    'biome oxlint oxfmt rome',
    runs(
      `${SHARED} --write --fix --apply --unsafe --changed --since:plain --staged --config-path:any --max-diagnostics:text --diagnostic-level:plain --reporter:plain --formatter-enabled:plain --linter-enabled:plain --colors:plain --error-on-warnings --no-errors-on-unmatched --files-ignore-unknown:plain --only:plain --skip:plain --indent-style:plain --fix-suggestions --deny-warnings -D:plain -A:plain -W:plain -c,--config:any --stdin-file-path:list`,
      'any*',
    ),
  ),
  ...each(
    'stylelint htmlhint markdownlint markdownlint-cli2 textlint commitlint svelte-check knip depcheck madge publint attw cspell alex sort-package-json ls-lint secretlint dprint',
    runs(
      `${SHARED} --fix -c,--config:any --cache --quiet --formatter:plain --tsconfig:any --output:plain --fail-on-warnings --production --no-progress --no-exit-code --circular --extensions:plain --threshold:plain --no-summary --strict --include:plain --exclude:plain --reporter:plain --from:plain --to:plain --last --no-must-find-files`,
      'any*',
    ),
  ),
  jest: runs(JEST, 'any*'),
  vitest: runs(VITEST, 'any*'),
  ...each(
    'mocha ava tap tape uvu',
    runs(
      `${SHARED} -g,--grep:text -f,--fgrep:text -m,--match:text -t,--timeout:text -R,--reporter:plain -b,--bail --watch -w --recursive --exit --parallel -j,--jobs:text --spec:any --config:any --extension:plain --forbid-only --serial -s --update-snapshots -u --ignore:any --inline-diffs --full-trace --fail-fast -c,--concurrency:text --tap`,
      'any*',
    ),
  ),
  playwright: runs(
    `${SHARED} -g,--grep:text --grep-invert:text --project:plain --headed --ui --debug --reporter:plain --workers:text -j:text --retries:text -x --max-failures:text --list --update-snapshots::plain -u --timeout:text --repeat-each:text -c,--config:any --shard:text --trace:plain --last-failed --only-changed::plain --output:write --pass-with-no-tests --forbid-only --fully-parallel --browser:plain --with-deps! --dry-run`,
    'any*',
  ),
  cypress: runs(
    `${SHARED} --spec:any --browser:plain --headless --headed --e2e --component --config-file:any --project:any --reporter:plain`,
    'any*',
  ),
  ...each(
    'c8 nyc',
    runs(
      '-r,--reporter:plain --all --check-coverage --lines:text --functions:text --branches:text --include:text -x,--exclude:text --reports-dir:write --temp-directory:write --clean::plain -h --help',
      'any*',
      {
        stops: true,
        also: ({ operands: [first, ...rest] }, reach) =>
          first && !/^(report|check-coverage)$/.test(first.text) ? reach.command([first, ...rest]) : undefined,
      },
    ),
  ),
  ...each(
    'vite webpack rollup tsup tsdown unbuild esbuild swc parcel next nuxt nuxi astro remix gatsby ng vue-cli-service react-scripts svelte-kit storybook expo rspack rsbuild turbo nx sass postcss tailwindcss typedoc api-extractor changeset size-limit json-server http-server serve',
    runs(
      `${SHARED} -c,--config:any --mode:plain -m:plain --port:plain -p:plain --host::plain --open::plain --watch::plain -w --outDir:write --outdir:write --out-dir:write --outfile:write -o:write -d:any --dir:any -f,--format:plain --format:plain --minify::plain --bundle --platform:plain --target:plain --sourcemap::plain --dts --clean --logLevel:plain --log-level:plain --force --strictPort --base:plain --ssr::plain --analyze --profile --turbo --turbopack --experimental-build-mode:plain --no-lint --external:plain --loader:plain --splitting --tsconfig:any --prod --production --configuration:plain --project:plain --projects:plain --filter:plain --no-cache --skip-nx-cache --parallel::plain --base:plain --head:plain --affected --no-daemon --concurrency:text --output-logs:plain --summarize --dry::plain --graph --continue --ci --no-watch --browsers:plain --code-coverage --no-progress --all -t,--target:plain -i,--input:any --content:any --style:plain`,
      'any*',
      { also: judgeTargets },
    ),
  ),
  ...each(
    'prisma drizzle-kit typeorm knex sequelize sequelize-cli',
    runs(
      `${SHARED} --schema:any --name:plain -n:plain --create-only --skip-generate --skip-seed --config:any --env:plain`,
      'any*',
      { also: remote },
    ),
  ),
  ...each('pytest py.test', runs(PYTEST, 'any*')),
  ruff: runs(RUFF, 'any*'),
  ...each(
    'black isort autopep8 yapf autoflake pyupgrade',
    runs(
      `${SHARED} --check --check-only --diff -c:text --config:any -l,--line-length:text --target-version:plain -t:plain --skip-string-normalization -S --exclude:text --include:text --profile:plain --in-place -i --recursive -r --fast --safe --preview --py39-plus --py310-plus --py311-plus --aggressive -a --remove-all-unused-imports --settings-path:any --settings-file:any --sp:any --filter-files --skip:any --force-exclude:text`,
      'any*',
    ),
  ),
  ...each('mypy dmypy', runs(MYPY, 'any*')),
  ...each(
    'pyright basedpyright ty pyre pytype',
    runs(
      `${SHARED} -p,--project:any --outputjson --pythonversion:plain --pythonplatform:plain --level:plain --warnings --stats --threads::text --ignoreexternal --verifytypes:plain --output-format:plain --error-on-warning --watch -w`,
      'any*',
    ),
  ),
  ...each(
    'flake8 pylint pydocstyle bandit vulture radon pycodestyle interrogate codespell yamllint djlint',
    runs(
      `${SHARED} -# --max-line-length:text --max-complexity:text --select:plain --ignore:plain --extend-ignore:plain --exclude:text --count --statistics --show-source --config:any -c:any --rcfile:any --disable:plain -d:text --enable:plain -e:plain --errors-only -E --output-format:plain -f:plain --jobs:text -j:text -r:plain -ll -l -i --min-confidence:text --score:plain --fail-under:text --reports:plain -S:text --skip:text -L:text --strict -s --check --reformat`,
      'any*',
    ),
  ),
  ...each(
    'tox nox',
    runs(
      `${SHARED} -e:plain -s:plain -p::plain --parallel::plain -r --recreate -l --list -k:text --skip-missing-interpreters -c:any --no-install -R --reuse-existing-virtualenvs -x --stop-on-first-error --notest --sdistonly`,
      'any*',
    ),
  ),
  coverage: runs(
    `${SHARED} -m:plain --source:any --omit:text --include:text --branch -a --append -p --parallel-mode --rcfile:any --show-missing --skip-covered --fail-under:text -d:write -o:write -i --data-file:any`,
    'any*',
    { stops: false },
  ),
  'pre-commit': runs(
    `${SHARED} --all-files -a --files:any --hook-stage:plain --show-diff-on-failure --from-ref:plain --to-ref:plain -c,--config:any`,
    'plain any*',
    {
      also: ({ operands: [first] }, reach) => {
        if (first && !/^(run|validate-config|sample-config)$/.test(first.text))
          reach.refuse(`\`pre-commit ${shown(first.text)}\`, which changes more than the work`, [first]);
      },
    },
  ),
  ...each(
    'sphinx-build mkdocs alembic behave locust',
    runs(
      `${SHARED} -b:plain -W -n -E -a -j:text -c:any --strict -f:any -m:text --autogenerate --sql --tags:plain --format:plain --no-capture`,
      'any*',
    ),
  ),
  ...each('gofmt goimports gofumpt', runs('[ldwse] -r:text -local:plain -d -l -w -s', 'any*')),
  ...each(
    'golangci-lint staticcheck govulncheck errcheck revive golint',
    runs(
      `${SHARED} --fix --timeout:text -c,--config:any --enable:plain --disable:plain --new-from-rev:plain --fast --out-format:plain -E:plain -D:plain --build-tags:plain --tests::plain --concurrency:text -j:text --issues-exit-code:text --max-issues-per-linter:text --max-same-issues:text --show-stats --no-config -set_exit_status -checks:plain -tags:plain -mode:plain`,
      'any*',
    ),
  ),
  rustfmt: runs(
    `${HELP} --check --edition:plain --config-path:any --emit:plain -l --files-with-diff --color:plain -q --quiet --verbose`,
    'any*',
  ),
  ...each(
    'clang-format',
    runs(
      '[in] --dry-run --Werror -style:plain --style:plain -n -i --fallback-style:plain --verbose --version --assume-filename:list',
      'any*',
    ),
  ),
  ...each('gcc g++ cc c++ clang clang++', runs(CC, 'any*', { dashes: 'single', also: plainForLinker })),
  ...each(
    'shellcheck shfmt hadolint actionlint',
    runs(
      `${SHARED} -x -s:plain -S:plain -e:plain -f::plain -w -l -d -i:text -ci -bn -sr -ln:plain -p --severity:plain --shell:plain --exclude:plain --format:plain --external-sources --norc -a --check-sourced`,
      'any*',
    ),
  ),
  ...each(
    'protoc buf sqlc',
    runs(
      '-I:any --go_out:write --go_opt:plain --go-grpc_out:write --go-grpc_opt:plain --python_out:write --js_out:write --proto_path:any --descriptor_set_out:write --version --help --error-format:plain --path:any --config:any',
      'any*',
    ),
  ),
  ...each(
    'phpunit pest paratest',
    runs(
      `${SHARED} --filter:text --testsuite:plain --group:plain --exclude-group:plain --stop-on-failure --stop-on-error --coverage-text --coverage-html:write --coverage-clover:write -c,--configuration:any --no-coverage --testdox --colors::plain --display-deprecations --display-warnings --parallel -p --processes:text --compact`,
      'any*',
    ),
  ),
  ...each(
    'phpstan psalm phpcs phpcbf php-cs-fixer pint rector',
    runs(
      `${SHARED} -c,--configuration:any --level:plain -l:plain --memory-limit:text --no-progress --error-format:plain --dry-run --diff --standard:any --config:any --test --dirty --show-info::plain --no-cache --xdebug --ansi --no-ansi -n --no-interaction --allow-risky:plain --rules:plain --threads:text`,
      'any*',
    ),
  ),
  ...each(
    'rspec rubocop standardrb minitest reek brakeman cucumber',
    runs(
      `${SHARED} -f,--format:plain -e,--example:text -t,--tag:plain --fail-fast::text --only-failures --next-failure --seed:text --order:plain -a -A --autocorrect --autocorrect-all --auto-correct --only:plain --except:plain --parallel -P -D --display-cop-names --fail-level:plain -c,--config:any --profile::text -b --backtrace --bisect::plain --dry-run -n:text -w --no-pager --cache:plain`,
      'any*',
    ),
  ),
  sleep: { does: 'reads', options: '--help --version', operands: 'text*' },
};

/** What changes a database that is named in the arguments is not in the work. */
function remote({ operands }: Found, reach: Reach, name: string): Noted {
  const far = operands.find(({ text }) => /^(deploy|push|reset|login|platform)$/.test(text));
  if (far) reach.refuse(`\`${name} ${shown(far.text)}\`, which may reach beyond the workspace`, [far]);
}
