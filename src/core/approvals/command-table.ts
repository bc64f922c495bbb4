import { NETWORK } from './scope.ts';

/** Why a command that takes the rights of another user is refused. */
export const PRIVILEGE = 'taking more rights';
const machine = 'changing the machine';
const away = 'sending work away';

/** Commands that a person must be asked about whatever their arguments, and why. */
export const ASKS: Readonly<Record<string, string>> = {
  ...all(PRIVILEGE, 'su pkexec run0 runuser chroot nsenter unshare setpriv capsh newgrp sg'),
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

/**
 * Those of them that run what their arguments say, in ways that are not followed: a rule has to name the whole command.
 */
export const CARRIERS = set(
  'su pkexec run0 runuser chroot nsenter unshare setpriv capsh newgrp sg ssh sshfs scp sftp rsync nc ncat netcat socat',
  'ftp lftp mutt crontab at batch systemd-run gdb lldb strace ltrace perf bpftrace dtrace reptyr screen tmux dtach',
  'abduco daemonize osascript vi vim nvim view ex ed emacs emacsclient nano pico parallel watch entr expect script',
  'busybox toybox fish csh tcsh ksh93 pwsh powershell nu xonsh elvish rc cmd pkill killall skill xkill',
);
/** Those that no rule can answer, because a later command would no longer be what its words say. */
export const TWISTERS = set('alias unalias enable shopt complete compgen bind fc history hash');
/** Options of many programs that run another one. */
export const RUNS_PROGRAM =
  /^(--(to-command|checkpoint-action|use-compress-program|use-askpass|rsh|exec|execute|post-file|config|netrc-file|key)\b)/;
/** The same, for one program. */
export const RUNS_PROGRAM_OF: ReadonlyMap<string, RegExp> = new Map([
  ['curl', /^(-[a-zA-Z#]*K|--conf)/],
  ['wget', /^(-[a-zA-Z]*e|--(exec|use-a|config))/],
]);

/** Commands that change nothing, whatever their arguments. */
export const HARMLESS = set(
  'echo true false : test [ pwd sleep basename dirname seq uname whoami id groups which whereis type printenv locale tty',
  'nproc arch expr cal yes return break continue shift exit jobs times ulimit umask getconf tput clear wait set let',
);

/** Commands that only read what their arguments name. */
export const READERS = set(
  'cat head tail less more wc grep egrep fgrep zgrep ls dir vdir stat file diff cmp cut tr tree du df od hexdump strings',
  'md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum shasum realpath readlink comm join paste fold nl',
  'column tac rev base64 base32 jq bat zcat bzcat xzcat ps pgrep lsof free uptime env-info man apropos look fmt expand',
  'unexpand pr tsort numfmt dircolors cloc tokei scc wdiff colordiff date',
);

/** Commands that take away what their arguments name. */
export const REMOVERS = set('rm rmdir unlink mv rename');

/** Programs that run code given as an argument, with the options that give it. */
export const INLINE: Readonly<Record<string, RegExp>> = {
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
export const BEYOND: Readonly<Record<string, RegExp>> = {
  npm: /^(publish|unpublish|login|logout|adduser|token|owner|access|dist-tag|deprecate|team|org|hook|profile|star|link|ln|set|config|c|trust|stage|explore|edit)$/,
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
};
/** Those that install for the whole machine, or elsewhere, with an option. */
export const INSTALLERS = set('npm pnpm yarn bun');
export const GLOBAL_OPTION = /^(-[a-zA-Z]*g[a-zA-Z]*|--global.*|--location.*|-C|--prefix.*|--cwd.*|--dir.*)$/;

/** Commands that run another command: options without a value, options with one, operands before the command. */
interface Wrapper {
  flags: RegExp;
  valued: RegExp;
  operands: number;
}
export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
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
  sudo: { flags: /^(-[EHnSkbiPA]+|--preserve-env.*)$/, valued: /^-[ugpChrtT]$/, operands: 0 },
  doas: { flags: /^(-n)$/, valued: /^-[uC]$/, operands: 0 },
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

export const SHELLS = set('sh bash dash zsh ksh ash rbash');

function set(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

function all(why: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, why]));
}
