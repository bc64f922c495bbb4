import { asks, both, each, type Grammar, reads, runs } from '../grammar/grammar.ts';
import type { Found } from '../grammar/options.ts';
import { isDevice } from '../paths.ts';
import { type Noted, type Reach, shown } from '../reach.ts';
import { BEYOND, judgeTarget } from './packages.ts';

const CARGO = `[qv] -vv --verbose --quiet --color:plain --locked --offline --frozen --manifest-path:any -p,--package:plain --workspace --all --exclude:plain --lib --bins --bin:plain --examples --example:plain --tests --test:plain --benches --bench:plain --all-targets --doc --no-run --no-fail-fast -r,--release --profile:plain -F,--features:plain --all-features --no-default-features --target:plain --target-dir:write --message-format:plain -j,--jobs:text --keep-going --ignore-rust-version --timings --check --fix --allow-dirty --allow-staged --edition:plain --no-deps --document-private-items --dev --build --optional --rename:plain --path:any --vers:plain -i,--invert:plain --depth:text -e,--edges:plain -d,--duplicates --format-version:text --aggressive --precise:plain --dry-run --name:plain --vcs:plain --all-warnings -h --help -V --version --no-capture --nocapture -E,--filter-expr:text --retries:text --test-threads:text --unstable`;
const GO = `-C:folder -a -n -p:text -race -msan -asan -cover -covermode:plain -coverpkg:plain -v -work -x -buildmode:plain -buildvcs::plain -gcflags:plain -ldflags:text -mod:plain -modfile:any -tags:text -trimpath -o:write -json -e -m -u -t -f:text -versions -deps -find -compiled -export -test -go:plain -compat:plain -diff -fix:plain`;
const GO_TEST = `${GO} -run:text -bench:text -benchmem -benchtime:text -count:text -cpu:text -failfast -short -timeout:text -parallel:text -list:text -coverprofile:write -cpuprofile:write -memprofile:write -blockprofile:write -mutexprofile:write -outputdir:write -shuffle:plain -fuzz:text -fuzztime:text -fuzzminimizetime:text -skip:text -c -i -vet:plain -fullpath`;
const single = { dashes: 'single' } as const;

/** What the linker is told may name the linker. */
function plainFlags({ given }: Found, reach: Reach, name: string): Noted {
  for (const { name: option, value, word } of given) {
    if (option !== '-ldflags' && option !== '-gcflags') continue;
    if (value?.kind === 'literal' && /^(all=)?\s*((-[swNl]|-X[ =][\w./@:=-]+)\s*)*$/.test(value.text)) continue;
    reach.refuse(`\`${name} ${shown(word.text)}\`, which may run another program`, 'whole');
  }
}
/** Only what stands in the work, and not what is fetched. */
function ownPackage({ operands: [first] }: Found, reach: Reach, name: string): Noted {
  if (first && !/^\.\.?(\/|$)|^[\w/-]+(\.go)?$/.test(first.text)) {
    reach.refuse(`\`${name} ${shown(first.text)}\`, which may be no part of the work`, [first]);
  }
}
const go = (options: string, operands = 'any*', more: Partial<Grammar> = {}) =>
  runs(options, operands, { ...single, also: plainFlags, ...more });

/** A makefile that comes from the input or from an argument shows nowhere in the work. */
function judgeMake({ given, operands }: Found, reach: Reach, name: string): Noted {
  for (const { name: option, value } of given) {
    if (option === '-f' && (value?.text === '-' || isDevice(value?.text ?? ''))) {
      reach.refuse(`\`${name}\` with a makefile from its input, which shows nowhere in the work`, 'whole');
    }
  }
  for (const operand of operands) {
    const [, variable, value] = /^([^=]*?)[:+?!]*=(.*)$/s.exec(operand.text) ?? [];
    if (variable !== undefined) {
      const harmless =
        /^(\d+|y|n|yes|no|true|false|on|off|debug|release|)$/i.test(value ?? '') &&
        /^[A-Z][A-Z0-9_]*$/.test(variable) &&
        !/^(SHELL|MAKE.*|.*FLAGS|PATH|CC|CXX|LD|AR)$/.test(variable);
      const compiler = /^(CC|CXX)$/.test(variable) && /^(gcc|clang|cc|g\+\+|clang\+\+|c\+\+)$/.test(value ?? '');
      const words =
        /^(TESTS?|TEST_?ARGS|FILTER|PKG|PACKAGE|V|VERSION|TARGET|ARCH|OS|GOOS|GOARCH|BUILD|BUILD_TYPE|MODE|ENV|PROFILE|NAME|FILE|DIR|MODULE|RUN)$/.test(
          variable,
        ) && /^[\w./:-]*$/.test(value ?? '');
      if (operand.kind !== 'literal' || !(harmless || compiler || words)) {
        reach.refuse(`\`${name} ${shown(operand.text)}\`, which may run what it says`, 'whole');
      }
    } else if (/^(un)?install($|-strip|-exec|-data|-bin|-all)/.test(operand.text)) {
      reach.refuse(`\`${name} ${shown(operand.text)}\`, ${BEYOND}`, [operand]);
    } else judgeTarget(operand, reach, name);
  }
}

/** Tasks of a build by their names. */
function judgeTasks({ operands }: Found, reach: Reach, name: string): Noted {
  for (const operand of operands) {
    if (/(^|:)(install|uninstall)/.test(operand.text) && name !== 'gradle' && !/^mvn/.test(name)) {
      reach.refuse(`\`${name} ${shown(operand.text)}\`, ${BEYOND}`, [operand]);
    }
    if (
      /^release:|(^|:)(publish|upload|deploy|release|sonar|site-deploy)/i.test(operand.text) ||
      /publish/i.test(operand.text)
    ) {
      reach.refuse(`\`${name} ${shown(operand.text)}\`, ${BEYOND}`, [operand]);
    }
  }
}

/** Settings of Maven that only leave out or choose tests and checks. */
const MAVEN_PLAIN =
  /^(skipTests|skipITs|skip|test|it\.test|groups|excludedGroups|revision|failIfNoTests|surefire\.(failIfNoSpecifiedTests|rerunFailingTestsCount|useFile)|failIfNoSpecifiedTests|maven\.(test|javadoc|main|source)\.skip|maven\.test\.failure\.ignore|style\.color|(checkstyle|spotless|enforcer|jacoco|spotbugs|pmd|rat|license)(\.check)?\.skip)(=[\w.#*,+!-]*)?$/;
const DEFINED = /^[\w.:-]+(=(ON|OFF|TRUE|FALSE|YES|NO|\d+|Debug|Release|RelWithDebInfo|MinSizeRel|[\w.]*))?$/i;
/** What defines may be names of programs. */
function judgeDefines({ given, operands }: Found, reach: Reach, name: string): Noted {
  const targets = given.flatMap(({ name: option, value }) => (/^(-t|--target)$/.test(option) && value ? [value] : []));
  for (const target of name === 'cmake' ? [...targets, ...operands] : []) {
    if (/^install/.test(target.text)) reach.refuse(`\`${name}\` that installs, ${BEYOND}`, [target]);
    else judgeTarget(target, reach, name);
  }
  for (const { name: option, value, word } of given) {
    if (option !== '-D' || !value) continue;
    if (name.startsWith('mvn')) {
      if (!MAVEN_PLAIN.test(value.text))
        reach.refuse(`\`${name} ${shown(word.text)}\`, which may run what it says`, 'whole');
      continue;
    }
    if (
      value.kind === 'literal' &&
      DEFINED.test(value.text) &&
      !/(COMPILER|LAUNCHER|PROGRAM|COMMAND|LINKER|_EXECUTABLE|TOOL|RULE|exec\.)/i.test(value.text)
    )
      continue;
    reach.refuse(`\`${name} ${shown(word.text)}\`, which may run what it says`, 'whole');
  }
}

const GRADLE =
  '-q --quiet -i --info -s --stacktrace --full-stacktrace -d --debug --no-daemon --daemon --parallel --no-parallel --offline --rerun-tasks --continue --console:plain --warning-mode:plain --build-cache --no-build-cache --configuration-cache --no-configuration-cache -x,--exclude-task:plain --tests:text -p,--project-dir:any -P:plain --refresh-dependencies --scan! --info --no-watch-fs --max-workers:text --profile --stop --version -v -h --help --dry-run -m --write-locks --status';
const MAVEN =
  '[qBeXUoNT] --batch-mode --quiet --errors --debug --offline --update-snapshots --no-transfer-progress --non-recursive --show-version -ntp -am -amd -pl:plain -rf:plain -P:plain -f:any -D:text -v --version -V -fae -ff -fn -T:plain --projects:plain --also-make --fail-at-end';
const RUN_SHARED =
  '-h --help -v --verbose -q --quiet --version --dry-run --no-color --color:plain -n -l --list --summary --all -f,--file:any --dir:any -d:any --trace';

/** Builds of every kind: they run what stands in the project. */
export const BUILDS: Readonly<Record<string, Grammar>> = {
  ...each(
    'make gmake',
    runs(
      '[BknsSqrRtwid] -C,--directory:folder -f,--file,--makefile:any -I,--include-dir:any -j,--jobs::text -l::text -O,--output-sync::plain -W:any --silent --quiet --dry-run --just-print --keep-going --always-make --no-print-directory --print-directory --no-builtin-rules --question --touch --version --help --trace --debug::plain --warn-undefined-variables',
      'any*',
      { also: judgeMake },
    ),
  ),
  ...each(
    'ninja samu',
    runs('[nvwk] -C:folder -f:any -j:text -k:text -l:text -d:plain --version --verbose --quiet', 'plain*', {
      also: judgeMake,
    }),
  ),
  ...each('just task mage invoke inv doit', runs(RUN_SHARED, 'any*', { also: judgeMake })),
  cmake: runs(
    '-S:any -B:write -D:text -G:plain -A:plain -U:text -L -N --build:any --preset:plain --target:plain -t:plain --config:plain --parallel::text --parallel:text -j::text --clean-first --verbose -v --fresh --version --help -Wno-dev -Wdev --log-level:plain --install! --list-presets --toolchain:any',
    'any*',
    { also: judgeDefines },
  ),
  ctest: runs(
    '[VQNFU] --output-on-failure --test-dir:any -R:text -E:text -L:text -j::text -j:text --parallel:text -C:plain --preset:plain --rerun-failed --timeout:text --stop-on-failure -VV --verbose --progress --no-tests:plain',
    'any*',
  ),
  meson: runs('', '', {
    verbs: {
      ...each(
        'setup compile test configure introspect',
        runs(
          '-C:folder --buildtype:plain --reconfigure --wipe -v --verbose --print-errorlogs --suite:plain --no-rebuild -j:text --clean',
          'any*',
        ),
      ),
    },
  }),
  ...each('gradle', runs(GRADLE, 'any*', { also: judgeTasks })),
  ...each(
    'mvn mvnd',
    runs(MAVEN, 'any*', {
      dashes: 'single',
      also: both(judgeTasks, judgeDefines),
    }),
  ),
  sbt: runs('-batch -no-colors', 'any*', { dashes: 'single', also: judgeTasks }),
  ...each(
    'bazel bazelisk',
    runs('', '', {
      verbs: {
        ...each(
          'build test query cquery clean info',
          runs(
            '-c:plain --config:plain --test_output:plain --test_filter:text --keep_going -k --jobs:text --verbose_failures --expunge --output:plain -k',
            'any*',
          ),
        ),
        run: runs('-c:plain --config:plain', 'any*', { stops: true, also: judgeTasks }),
      },
    }),
  ),
  cargo: runs(CARGO, '', {
    verbs: {
      ...each(
        'build b check c clippy doc d clean tree metadata update fetch fmt fix bench nextest miri expand machete audit deny udeps outdated llvm-cov insta hack search version help locate-project pkgid verify-project generate-lockfile read-manifest vendor',
        runs('', 'any*'),
      ),
      ...each('test t', runs('', 'any*')),
      ...each('run r', runs('', 'any*', { stops: true })),
      ...each('add remove rm new init', runs('', 'any*')),
      ...each('install uninstall publish login logout yank owner', asks(BEYOND, '', 'any*')),
    },
  }),
  go: runs('', '', {
    verbs: {
      ...each('build vet fmt list fix', go(GO)),
      test: go(GO_TEST),
      run: go(GO, 'any*', { stops: true, also: both(plainFlags, ownPackage) }),
      generate: go(`${GO} -run:text -skip:text`),
      ...each(
        'mod work',
        go(GO, 'plain any*', {
          also: ({ operands: [first] }, reach) => {
            if (!/^(tidy|download|verify|graph|why|init|vendor|use|sync)$/.test(first?.text ?? ''))
              reach.refuse(`\`go mod ${shown(first?.text ?? '')}\`, which is not known here`, 'whole');
          },
        }),
      ),
      get: go(GO),
      env: reads('-json -changed', 'plain*', single),
      ...each('version help', reads('-m -v', 'list*', single)),
      doc: go('-all -src -short -u -c -cmd', 'any*'),
      clean: go('-i -r -n -x -cache -testcache -fuzzcache', 'any*'),
      tool: go('-func:any -html:any -o:write -top -text', 'plain any*', {
        also: ({ operands: [first] }, reach) => {
          if (!/^(cover|vet|nm|pprof|objdump)$/.test(first?.text ?? ''))
            reach.refuse('`go tool`, which is not known here', 'whole');
        },
      }),
      ...each('install telemetry', asks(BEYOND, GO, 'any*', single)),
    },
  }),
  dotnet: runs('', '', {
    verbs: {
      ...each(
        'build test run restore clean format pack watch',
        runs(
          '-c,--configuration:plain -f,--framework:plain -r,--runtime:plain -o,--output:write --no-restore --no-build --filter:text -v,--verbosity:plain --nologo -l,--logger:plain --collect:plain --verify-no-changes --project:any --results-directory:write --no-incremental -t --list-tests --blame -p:plain --settings:any --include:any --severity:plain',
          'any*',
        ),
      ),
      ...each(
        'new add remove list sln',
        runs(
          '-n,--name:plain -o,--output:write --version:plain --framework:plain --package:plain --outdated --vulnerable --force --language:plain',
          'any*',
        ),
      ),
      ...each('tool nuget workload publish', asks(BEYOND, '', 'any*')),
    },
  }),
  bundle: runs('--verbose --quiet', '', {
    verbs: {
      exec: runs('', 'text any*', {
        stops: true,
        also: ({ operands }, reach) => (operands.length > 0 ? reach.command(operands) : undefined),
      }),
      ...each(
        'install update add remove outdated check list show info lock clean',
        runs(
          '--local --jobs:text --retry:text --quiet --deployment --without:plain --with:plain --group:plain --path:write --conservative',
          'any*',
        ),
      ),
      config: asks(BEYOND, '', 'any*'),
    },
  }),
  ...each('rake', runs('[Ttqsvmn] --tasks --trace --quiet --verbose -j::text -f:any', 'any*', { also: judgeMake })),
  ...each(
    'rails',
    runs('-e:plain --environment:plain -h --help', '', {
      verbs: {
        ...each(
          'test routes stats about notes db:migrate db:rollback db:prepare db:schema:load db:seed db:setup zeitwerk:check assets:precompile spec tmp:clear log:clear',
          runs('-e:plain -v --verbose -n:text -g:text -c:text -f --fail-fast --seed:text', 'any*'),
        ),
        ...each('generate g destroy d', runs('--force --skip --pretend --no-test-framework --skip-routes', 'any*')),
        ...each('server s', runs('-p:text -b:plain -e:plain', '')),
      },
    }),
  ),
  composer: runs('-n --no-interaction -q --quiet -v -d:any --ansi --no-ansi', '', {
    verbs: {
      ...each(
        'install update require remove dump-autoload dumpautoload validate show outdated why depends check-platform-reqs audit licenses diagnose',
        runs(
          '--dev --no-dev --no-scripts --no-progress --prefer-dist --prefer-source -o --optimize-autoloader -a --ignore-platform-reqs --ignore-platform-req:plain -W --with-all-dependencies --dry-run --strict --no-plugins --direct --tree --format:plain',
          'any*',
        ),
      ),
      ...each(
        'run-script run test lint cs-fix cs-check analyse analyze phpstan check format build',
        runs('--timeout:text --dev', 'any*'),
      ),
      exec: runs('', 'text any*', {
        stops: true,
        also: ({ operands }, reach) => (operands.length > 0 ? reach.command(operands) : undefined),
      }),
      ...each('global config self-update', asks(BEYOND, '', 'any*')),
    },
  }),
  mix: runs('', '', {
    verbs: {
      ...each(
        'test compile format deps.get deps.compile deps.update credo dialyzer ecto.migrate ecto.create ecto.setup ecto.reset ecto.rollback phx.routes phx.server phx.gen.html phx.gen.schema phx.gen.context phx.gen.json docs coveralls help new',
        runs(
          '--trace --cover --failed --stale --seed:text --only:plain --exclude:plain --include:plain --warnings-as-errors --force --check-formatted --strict --max-failures:text --slowest:text',
          'any*',
        ),
      ),
    },
  }),
  swift: runs('', '', {
    verbs: {
      ...each(
        'build test run package',
        runs(
          '-c:plain --configuration:plain --filter:text --parallel -v --verbose --target:plain --product:plain --enable-code-coverage --skip:text',
          'any*',
        ),
      ),
    },
  }),
  ...each(
    'dart flutter',
    runs('--verbose -v', '', {
      verbs: {
        ...each(
          'test analyze format fix create build doc compile info doctor',
          runs(
            '--coverage --name:text --plain-name:text --reporter:plain -r:plain --fatal-infos --fatal-warnings --set-exit-if-changed -o:plain --output:plain --dry-run --apply --line-length:text -l:text -j:text --release --debug --profile -d:plain --tags:plain --update-goldens',
            'any*',
          ),
        ),
        run: runs('--enable-asserts', 'any*', { stops: true }),
        pub: runs('--offline --dry-run', 'plain any*', {
          also: ({ operands: [first] }, reach, name) =>
            /^(get|add|remove|upgrade|outdated|deps|run|downgrade)$/.test(first?.text ?? '')
              ? undefined
              : reach.refuse(`\`${name} ${shown(first?.text ?? '')}\`, ${BEYOND}`, first ? [first] : 'whole'),
        }),
      },
    }),
  ),
  ...each(
    'stack cabal',
    runs('', '', {
      verbs: {
        ...each(
          'build test run bench clean haddock configure update check',
          runs(
            '--fast --pedantic --ghc-options:plain --test-arguments:plain -j::text --enable-tests --test-show-details:plain -v::plain -O::plain',
            'any*',
          ),
        ),
      },
    }),
  ),
  zig: runs('', '', {
    verbs: {
      ...each(
        'build test fmt run ast-check version',
        runs('-O:plain --summary:plain -Doptimize:plain --release::plain --check -freference-trace', 'any*'),
      ),
    },
  }),
};
