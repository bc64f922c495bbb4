import { judgeGit } from './git-command.ts';
import { enterFolder, judgePath, judgePaths, judgeVariable, NETWORK, type Noted, type Scope, shown } from './scope.ts';
import type { Arg } from './shell-words.ts';
import { judgeAwk, judgeFind, judgeSed, judgeSort } from './text-tools.ts';

/** Judges one command with its arguments; `argv[0]` is its name, and literal. */
type Judge = (args: readonly Arg[], scope: Scope, name: string) => Noted;

const privilege = 'taking more rights';
const machine = 'changing the machine';
const away = 'sending work away';

/** Commands that a person must be asked about whatever their arguments, and why. */
const ASKS: Readonly<Record<string, string>> = {
  ...all(privilege, 'sudo su doas pkexec run0 runuser chroot nsenter unshare setpriv capsh newgrp sg'),
  ...all(
    NETWORK,
    'curl wget aria2c http https httpie xh ssh sshfs scp sftp rsync nc ncat netcat telnet ftp lftp tftp socat',
  ),
  ...all(
    NETWORK,
    'dig nslookup host ping traceroute whois mail mailx sendmail mutt openssl gpg gpg2 ssh-add ssh-keygen',
  ),
  ...all(
    away,
    'gh glab hub aws gcloud gsutil az heroku vercel netlify fly flyctl wrangler firebase doctl terraform tofu',
  ),
  ...all(away, 'ansible ansible-playbook kubectl helm docker docker-compose podman buildah skopeo nerdctl twine'),
  ...all(
    machine,
    'systemctl service launchctl crontab at batch systemd-run loginctl shutdown reboot halt poweroff init',
  ),
  ...all(
    machine,
    'mount umount mkfs fdisk parted losetup modprobe insmod sysctl iptables nft ip ifconfig useradd userdel',
  ),
  ...all(
    machine,
    'usermod groupadd passwd chsh chfn visudo apt apt-get aptitude dpkg yum dnf rpm pacman apk zypper snap',
  ),
  ...all(
    machine,
    'flatpak brew port nix nix-env conda mamba rustup sdkman chattr setfacl hostnamectl timedatectl defaults',
  ),
  ...all('ending processes it may not have started', 'pkill killall skill xkill'),
  ...all('looking into other processes', 'gdb lldb strace ltrace perf bpftrace dtrace reptyr'),
  ...all('starting something that lives on', 'screen tmux dtach abduco daemonize disown'),
  ...all(
    'opening something on the screen',
    'xdg-open open osascript notify-send xdotool dbus-send gdbus busctl zenity',
  ),
  ...all('opening an editor', 'vi vim nvim view ex ed emacs emacsclient nano pico code subl'),
  ...all('changing what later commands mean', 'alias unalias enable shopt complete compgen bind fc history hash'),
  ...all('running commands that are not in the command', 'parallel watch entr expect script busybox toybox'),
  ...all('running a shell that cannot be judged', 'fish csh tcsh ksh93 pwsh powershell nu xonsh elvish rc cmd'),
  ...all('destroying data beyond repair', 'shred wipe srm wipefs blkdiscard'),
};

/** Commands that change nothing, whatever their arguments. */
const HARMLESS = set(
  'echo true false : test [ pwd sleep basename dirname seq uname whoami id groups which whereis type printenv locale tty',
  'nproc arch expr cal yes return break continue shift exit jobs times ulimit umask getconf tput clear wait set let',
);

/** Commands that only read what their arguments name. */
const READERS = set(
  'cat head tail less more wc grep egrep fgrep zgrep ls dir vdir stat file diff cmp cut tr tree du df od hexdump strings',
  'md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum shasum realpath readlink comm join paste fold nl',
  'column tac rev base64 base32 jq bat zcat bzcat xzcat ps pgrep lsof free uptime env-info man apropos look fmt expand',
  'unexpand pr tsort numfmt dircolors cloc tokei scc wdiff colordiff date',
);

/** Commands that take away what their arguments name. */
const REMOVERS = set('rm rmdir unlink mv rename');

/** Programs that run code given as an argument, with the options that give it. */
const INLINE: Readonly<Record<string, RegExp>> = {
  node: /^(-[a-z]*[epr].*|--eval.*|--print.*|--require.*|--import.*|--loader.*|--experimental-loader.*|-)$/,
  bun: /^(-e|--eval.*|-p|--print.*|-)$/,
  deno: /^(eval|-)$/,
  python: /^(-[A-Za-z]*c.*|-)$/,
  perl: /^(-[a-zA-Z]*[eEMm].*|-)$/,
  ruby: /^(-[a-zA-Z]*[er].*|-)$/,
  php: /^(-[rBRE].*|-)$/,
  lua: /^(-e.*|-)$/,
  R: /^-e$/,
  Rscript: /^-e$/,
  osascript: /^-e$/,
  julia: /^(-e|-E|--eval.*|--print.*)$/,
};

/** Subcommands of package managers that reach beyond the workspace. */
const BEYOND: Readonly<Record<string, RegExp>> = {
  npm: /^(publish|unpublish|login|logout|adduser|token|owner|access|dist-tag|deprecate|team|org|hook|profile|star|link|ln|set|config|c|trust|stage)$/,
  pnpm: /^(publish|login|logout|link|ln|config|c|setup|self-update|env|deploy)$/,
  yarn: /^(publish|npm|login|logout|global|link|config|owner|tag|team|set|plugin)$/,
  bun: /^(publish|link|upgrade)$/,
  pip: /^(install|uninstall|config|upload)$/,
  pipx: /.*/,
  uv: /^(tool|publish|self|python|cache)$/,
  poetry: /^(publish|config|self)$/,
  cargo: /^(install|uninstall|publish|login|logout|yank|owner)$/,
  go: /^(install|env|telemetry)$/,
  gem: /^(install|uninstall|push|signin|yank|owner|update)$/,
  bundle: /^(config)$/,
  composer: /^(global|config|self-update)$/,
  dotnet: /^(tool|nuget|workload)$/,
  mvn: /^(deploy|.*:deploy|release:.*)$/,
  gradle: /^(publish.*|upload.*)$/,
  corepack: /.*/,
  drover: /^(?!item$).*$/,
};
/** Those that install for the whole machine, or elsewhere, with an option. */
const INSTALLERS = set('npm pnpm yarn bun');
const GLOBAL_OPTION = /^(-[a-zA-Z]*g[a-zA-Z]*|--global.*|--location.*|-C|--prefix.*|--cwd.*|--dir.*)$/;

/** Commands that run another command: options without a value, options with one, operands before the command. */
interface Wrapper {
  flags: RegExp;
  valued: RegExp;
  operands: number;
}
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  nohup: { flags: /^$/, valued: /^$/, operands: 0 },
  setsid: { flags: /^(-[cfw]+|--ctty|--fork|--wait)$/, valued: /^$/, operands: 0 },
  time: { flags: /^(-[pvaq]+)$/, valued: /^-f$/, operands: 0 },
  nice: { flags: /^(-\d+|-n-?\d+|--adjustment=-?\d+)$/, valued: /^(-n|--adjustment)$/, operands: 0 },
  ionice: { flags: /^(-t|-c\d|-n\d)$/, valued: /^-[cn]$/, operands: 0 },
  stdbuf: { flags: /^(-[ioe]\w+|--(input|output|error)=\w+)$/, valued: /^-[ioe]$/, operands: 0 },
  timeout: {
    flags: /^(--preserve-status|--foreground|-v|--verbose|-k\w+|-s\w+|--kill-after=.*|--signal=.*)$/,
    valued: /^(-k|-s|--kill-after|--signal)$/,
    operands: 1,
  },
  command: { flags: /^-p$/, valued: /^$/, operands: 0 },
  builtin: { flags: /^$/, valued: /^$/, operands: 0 },
  exec: { flags: /^-[cl]+$/, valued: /^-a$/, operands: 0 },
  npx: { flags: /^(-y|--yes|--no|--no-install|-q|--quiet|--offline|--prefer-offline)$/, valued: /^$/, operands: 0 },
  bunx: { flags: /^(--bun)$/, valued: /^$/, operands: 0 },
  pnpx: { flags: /^$/, valued: /^$/, operands: 0 },
  uvx: { flags: /^$/, valued: /^$/, operands: 0 },
  xargs: {
    flags: /^(-[0rtpx]+|-[nPLs]\d+|-I\S+|-d\S+|--null|--no-run-if-empty|--verbose|--max-(args|procs|lines)=\d+)$/,
    valued: /^-[nPILdsE]$/,
    operands: 0,
  },
};

/** Commands of their own kind. */
const SPECIAL: Readonly<Record<string, Judge>> = {
  git: judgeGit,
  cd: judgeFolderChange,
  pushd: judgeFolderChange,
  popd: (_, scope) => goBack(scope),
  env: judgeEnv,
  find: judgeFind,
  fd: judgeFind,
  sed: judgeSed,
  gsed: judgeSed,
  awk: judgeAwk,
  gawk: judgeAwk,
  mawk: judgeAwk,
  nawk: judgeAwk,
  sort: judgeSort,
  uniq: (args, scope) =>
    judgePaths(args, args.filter((arg) => !arg.text.startsWith('-')).length > 1 ? 'write' : 'read', scope),
  rg: (args, scope) => {
    if (args.some((arg) => /^--(pre|hostname-bin)/.test(arg.text))) scope.refuse('running a program for each file');
    judgePaths(args, 'read', scope);
  },
  xxd: (args, scope) => judgePaths(args, 'write', scope),
  printf: (args, scope) => {
    const [first, second] = args;
    if (first?.text.startsWith('-v')) judgeVariable(first.text.slice(2) || (second?.text ?? ''), scope);
    if (first?.kind === 'dynamic') scope.refuse('printing in a way that is only known when the command runs');
  },
  read: judgeBinding,
  mapfile: judgeBinding,
  readarray: judgeBinding,
  getopts: judgeBinding,
  export: judgeBinding,
  declare: judgeBinding,
  typeset: judgeBinding,
  local: judgeBinding,
  readonly: judgeBinding,
  unset: judgeBinding,
  eval: (args, scope) => judgeCode(args, args.map((arg) => arg.text).join(' '), scope),
  trap: (args, scope) => {
    if (args[0]?.text.includes('..')) return scope.refuse('going up in what runs later');
    judgeCode(args.slice(0, 1), args[0]?.text ?? '', scope);
  },
  kill: (args, scope) => {
    if (args.some((arg) => !/^(%.*|-(l|s|[A-Z0-9]+)|TERM|INT|HUP|KILL)$/.test(arg.text))) {
      scope.refuse('ending a process by its number');
    }
    scope.change();
  },
  tee: (args, scope) => judgePaths(args, 'write', scope),
  make: judgeProgram,
};

const SHELLS = set('sh bash dash zsh ksh ash rbash');
const SYSTEM_BIN = /^\/(usr\/(local\/)?)?s?bin\/([^/]+)$/;

/** Whether a name stands for something here, so that it must not be given to a function. */
export function isKnownCommand(name: string): boolean {
  const tables = [ASKS, SPECIAL, WRAPPERS, INLINE, BEYOND];
  return (
    [HARMLESS, READERS, REMOVERS, SHELLS].some((one) => one.has(name)) || tables.some((one) => Object.hasOwn(one, name))
  );
}

/** Judges one simple command. What it does goes into `scope`. */
export function judgeSimpleCommand(argv: readonly Arg[], scope: Scope): Noted {
  const [head, ...args] = argv;
  if (head?.kind !== 'literal') {
    return scope.refuse(`a command whose name is only known when it runs (\`${shown(head?.text ?? '')}\`)`);
  }
  const name = commandName(head, scope);
  if (name === null) return;
  if (!name.includes('/') && !/^[\x21-\x7e]+$/.test(name)) {
    return scope.refuse(`a command whose name is not plain letters (\`${shown(name)}\`)`);
  }
  if (Object.hasOwn(ASKS, name)) return scope.refuse(`\`${name}\`, ${ASKS[name]}`);
  if (HARMLESS.has(name)) return;
  if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name]?.(args, scope, name);
  if (Object.hasOwn(WRAPPERS, name)) return judgeWrapped(args, scope, name);
  if (SHELLS.has(name)) return judgeShellProgram(args, scope, name);
  if (name === 'source' || name === '.') return judgeProgram(args, scope, name);
  if (READERS.has(name)) return judgePaths(args, 'read', scope);
  if (REMOVERS.has(name)) return judgePaths(args, 'remove', scope);
  judgeProgram(args, scope, name);
}

/** The name to look up: programs of the system go by their name, those of the workspace by their path. */
function commandName(head: Arg, scope: Scope): string | null {
  if (!/[/~]/.test(head.text)) return head.text;
  const system = SYSTEM_BIN.exec(head.text);
  if (system?.[3]) return system[3];
  judgePath(head, 'write', scope);
  const real = [...scope.where.folders].map((folder) => scope.grounds.realpath(`${folder}/${head.text}`));
  const linked = real.map((path) => SYSTEM_BIN.exec(path ?? '')?.[3]).find((found) => found !== undefined);
  return linked ?? `./${head.text}`;
}

/** A program we know nothing of: it changes things, and every argument may be a path to change. */
function judgeProgram(args: readonly Arg[], scope: Scope, name: string): Noted {
  scope.change();
  const plain = name.replace(/^python[\d.]*$/, 'python').replace(/^pip[\d.]*$/, 'pip');
  const inline = Object.hasOwn(INLINE, plain) ? INLINE[plain] : undefined;
  const words = args.filter((arg) => !arg.text.startsWith('-'));
  if (inline) {
    // Options before the program are the interpreter's, those after it the program's own.
    const at = args.findIndex((arg) => !arg.text.startsWith('-'));
    const own = at < 0 ? args : args.slice(0, plain === 'deno' ? at + 1 : at);
    if (own.some((arg) => inline.test(arg.text))) {
      return scope.refuse(`\`${name}\` with code in its arguments, which shows nowhere in the work`);
    }
    if (words.length === 0 && !args.some((arg) => /^(-v|-V|--version|--help|-h)$/.test(arg.text))) {
      return scope.refuse(`\`${name}\` with code from its input, which shows nowhere in the work`);
    }
  }
  if (plain === 'python' && args[0]?.text === '-m') return judgeSimpleCommand(args.slice(1), scope);
  const beyond = Object.hasOwn(BEYOND, plain) ? BEYOND[plain] : undefined;
  if (beyond) {
    if (words.some((arg) => beyond.test(arg.text)) && beyond.test(words[0]?.text ?? '')) {
      return scope.refuse(`\`${name} ${shown(words[0]?.text ?? '')}\`, which reaches beyond the workspace`);
    }
    // Behind `--` stands what the script gets, not the installer.
    const end = args.findIndex((arg) => arg.text === '--');
    const options = end < 0 ? args : args.slice(0, end);
    const wide = INSTALLERS.has(plain) ? options.find((arg) => GLOBAL_OPTION.test(arg.text)) : undefined;
    if (wide) return scope.refuse(`\`${name} ${shown(wide.text)}\`, which reaches beyond the workspace`);
    if (/^(exec|x|dlx)$/.test(words[0]?.text ?? '') && words.length > 1) {
      return judgeSimpleCommand(args.slice(args.indexOf(words[1] as Arg)), scope);
    }
  }
  if (plain === 'drover') return;
  judgePaths(args, 'write', scope);
}

function goBack({ where }: Scope): Noted {
  where.folders = new Set(where.seen);
}

function judgeFolderChange(args: readonly Arg[], scope: Scope): Noted {
  const target = args.find((arg) => !/^-[LPe@]+$|^--$/.test(arg.text));
  if (!target) return scope.refuse('going to the home folder');
  if (target.text === '-') return goBack(scope);
  if (target.kind !== 'literal')
    return scope.refuse(`going to a folder that is only known when the command runs (\`${shown(target.text)}\`)`);
  if (target.tilde) return scope.refuse(`going to ${shown(target.text)}, which is outside the workspace`);
  enterFolder(target.text, scope);
}

function judgeEnv(args: readonly Arg[], scope: Scope): Noted {
  for (let at = 0; at < args.length; at += 1) {
    const { text, kind } = args[at] as Arg;
    const assigned = /^([A-Za-z_]\w*)=/.exec(text)?.[1];
    if (kind === 'dynamic') return scope.refuse('an environment that is only known when the command runs');
    if (assigned !== undefined) judgeVariable(assigned, scope);
    else if (text === '-u' || text === '--unset') at += 1;
    else if (!/^(-|-i|-0|--ignore-environment|--null|-u\w+|--unset=\w+)$/.test(text)) {
      if (text.startsWith('-')) return scope.refuse(`\`env ${shown(text)}\``);
      return judgeSimpleCommand(args.slice(at), scope);
    }
  }
}

function judgeWrapped(args: readonly Arg[], scope: Scope, name: string): Noted {
  const wrapper = WRAPPERS[name];
  if (!wrapper) return;
  if (name === 'command' && /^-[vV]+$/.test(args[0]?.text ?? '')) return;
  let at = 0;
  for (; at < args.length; at += 1) {
    const { text, kind } = args[at] as Arg;
    if (kind !== 'literal') return scope.refuse(`\`${name}\` with options that are only known when it runs`);
    if (text === '--') {
      at += 1;
      break;
    }
    if (!text.startsWith('-')) break;
    if (wrapper.valued.test(text)) at += 1;
    else if (!wrapper.flags.test(text))
      return scope.refuse(`\`${name} ${shown(text)}\`, whose meaning is not known here`);
  }
  const inner = args.slice(at + wrapper.operands);
  if (name === 'exec' && inner.length === 0) return;
  if (inner.length === 0) return scope.refuse(`\`${name}\` without a command`);
  if (name !== 'xargs') return judgeSimpleCommand(inner, scope);
  // What is read stands at the end, or wherever the word after -I stands.
  const read: Arg = { kind: 'dynamic', text: 'what xargs reads', tilde: false };
  const options = args.slice(0, at).map((arg) => arg.text);
  const token = options.flatMap((text, index) =>
    text === '-I' ? [options[index + 1]] : text.startsWith('-I') ? [text.slice(2)] : [],
  )[0];
  if (token === undefined) return judgeSimpleCommand([...inner, read], scope);
  judgeSimpleCommand(
    inner.map((arg) => (arg.text.includes(token) ? read : arg)),
    scope,
  );
}

function judgeShellProgram(args: readonly Arg[], scope: Scope, name: string): Noted {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    if (arg.kind === 'dynamic') return scope.refuse(`\`${name}\` with a text that is only known when it runs`);
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(arg.text)) {
      const code = args.slice(at + 1).find((one) => !/^[-+]/.test(one.text));
      if (!code) return scope.refuse(`\`${name} -c\` without a text`);
      return judgeCode([code], code.text, scope);
    }
    if (/^([-+]o|-[euxlniv]+o)$/.test(arg.text)) at += 1;
    else if (/^-[eux lniv]+$|^--(login|norc|noprofile|posix)$|^--$/.test(arg.text)) continue;
    else if (/^[-+]/.test(arg.text)) return scope.refuse(`\`${name} ${shown(arg.text)}\``);
    else return judgeProgram(args.slice(at), scope, name);
  }
  scope.refuse(`\`${name}\` with commands from its input, which cannot be seen`);
}

function judgeCode(args: readonly Arg[], text: string, scope: Scope): Noted {
  if (args.some((arg) => arg.kind !== 'literal')) return scope.refuse('running a text that is only known when it runs');
  scope.script(text);
}

function judgeBinding(args: readonly Arg[], scope: Scope, name: string): Noted {
  for (const { text, kind } of args) {
    if (kind === 'dynamic') return scope.refuse(`\`${name}\` with a name that is only known when it runs`);
    if (/^-[a-zA-Z]*[Cn]/.test(text) && name !== 'read' && name !== 'export' && name !== 'unset') {
      return scope.refuse(`\`${name} ${shown(text)}\`, whose effect cannot be followed`);
    }
    judgeVariable(text.replace(/[=[+].*$/s, ''), scope);
  }
}

function set(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

function all(why: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, why]));
}
