import { type Noted, type Reach, shown } from './reach.ts';

/**
 * Variables that a command may set: what projects read, and what people name the variables of a script. Everything else
 * may decide which program runs, or what it does, without a trace in the command.
 */
const PLAIN =
  /^(CI|NODE_ENV|BABEL_ENV|FORCE_COLOR|NO_COLOR|CLICOLOR(_FORCE)?|COLOR|DEBUG|VERBOSE|QUIET|TZ|LANG|LC_[A-Z]+|COLUMNS|LINES|PORT|HOST|HOSTNAME|LOG_LEVEL|LOGLEVEL|RUST_BACKTRACE|RUST_LOG|RUST_TEST_THREADS|CARGO_TERM_COLOR|CARGO_INCREMENTAL|PYTHONUNBUFFERED|PYTHONDONTWRITEBYTECODE|PYTHONHASHSEED|PYTHONWARNINGS|PYTEST_DISABLE_PLUGIN_AUTOLOAD|CGO_ENABLED|GOOS|GOARCH|GOTRACEBACK|GOMAXPROCS|DJANGO_SETTINGS_MODULE|DJANGO_DEBUG|FLASK_(ENV|APP|DEBUG)|RAILS_ENV|RACK_ENV|APP_ENV|MIX_ENV|ENVIRONMENT|STAGE|DATABASE_URL|REDIS_URL|TEST_[A-Z0-9_]+|TESTS?|SPEC|FILTER|COVERAGE|UPDATE_(SNAPSHOTS?|GOLDEN|EXPECT)|SNAPSHOT_UPDATE|UPDATE|SEED|VITE_[A-Z0-9_]+|NEXT_PUBLIC_[A-Z0-9_]+|NEXT_TELEMETRY_DISABLED|REACT_APP_[A-Z0-9_]+|NUXT_PUBLIC_[A-Z0-9_]+|EXPO_PUBLIC_[A-Z0-9_]+|TURBO_TELEMETRY_DISABLED|HUSKY|SKIP|DEBIAN_FRONTEND|TERM|MAKELEVEL|V|N|FOO|BAR|BAZ|X|Y|Z|A|B|C|I|J|K|E|F|D|S|T|OUT|OUTPUT|OUT_?DIR|OUTPUT_DIR|DIST|BUILD|BUILD_(DIR|TYPE)|DIR|DIRS|FILE|FILES|FILENAME|SRC|SRC_DIR|SOURCE|DEST|DST|TARGET|TARGETS|ROOT|ROOT_DIR|PROJECT_(ROOT|DIR)|SCRIPT_DIR|BASE|BASE_DIR|NAME|NAMES|VERSION|BRANCH|COMMIT|SHA|REV|TAG|RESULT|RESULTS|STATUS|CODE|RC|RET|EXIT_CODE|EXIT_STATUS|COUNT|TOTAL|NUM|INDEX|LIMIT|SIZE|LENGTH|MAX|MIN|START|END|STOP|TMP|TEMP|TEXT|MSG|MESSAGE|LINE|ITEM|KEY|VALUE|PATTERN|REGEX|QUERY|URL|DATE|NOW|TIMESTAMP|TODAY|PID|PIDS|TEST_FILE|PKG|PKGS|PACKAGE|PACKAGES|MODULE|MODULES|FAILED|PASSED|ERRORS?|WARNINGS?|OK|MODE|TIMEOUT|RETRIES|ATTEMPTS?|DRY_RUN|REPO|RED|GREEN|YELLOW|BLUE|NC|RESET|BOLD)$/;
/** Names in small letters are those of scripts, but for these: shells and programs read them. */
const SPECIAL =
  /^(_.*|path|fpath|cdpath|manpath|mailpath|module_path|fignore|psvar|prompt|histchars|status|pipestatus|argv|aliases|galiases|saliases|functions|dis_.*|builtins|commands|reswords|modules|options|parameters|nameddirs|userdirs|usergroups|dirstack|history|historywords|jobdirs|jobstates|jobtexts|errnos|sysparams|widgets|keymaps|termcap|terminfo|signals|zsh_.*|watch|reply|match|mbegin|mend|zle.*|term|home|shell|user|cwd|savehist|nonomatch|.*proxy.*|npm_.*|pnpm_.*|yarn_.*|bun_.*|pip_.*|uv_.*|git_.*|ld_.*|python.*|node_.*|rust.*|cargo_.*|go(flags|path|root|bin|proxy|cache.*|env)|make(flags|files)|less.*|pager|editor|visual|browser|docker_.*|drover_.*|claude.*|anthropic_.*|xdg_.*|ssh_.*|gpg_.*|bash.*)$/;

/** Refuses to bind a variable on which the meaning of other commands may depend. */
export function judgeVariable(name: string, reach: Reach): Noted {
  if (PLAIN.test(name) || (/^[a-z]\w*$/.test(name) && !SPECIAL.test(name.toLowerCase()))) return;
  if (/^(GIT_|HOME$|XDG_CONFIG)/i.test(name)) reach.protect('git-config');
  if (/^DROVER_/i.test(name)) reach.protect('drover-data');
  reach.refuse(`setting ${shown(name)}, which may change what other commands do`);
}
