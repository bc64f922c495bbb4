import { NETWORK } from '../reach.ts';

/** Why a command that takes the rights of another user is refused. */
export const PRIVILEGE = 'running with elevated rights';
const machine = 'changing this machine';
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

/** Commands that change nothing, whatever their arguments: what they do with their words is print or compare them. */
export const HARMLESS = set(
  'echo true false : test [ pwd basename dirname seq uname whoami id groups which whereis type locale tty',
  'nproc arch expr cal yes return break continue shift exit getconf tput clear let',
);

/** Commands that run another command: their options, and how many words stand before it. */
interface Wrapper {
  options: string;
  operands: number;
}
export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  nohup: { options: '', operands: 0 },
  setsid: { options: '[cfw] --ctty --fork --wait', operands: 0 },
  time: { options: '[pvaq] -f:text', operands: 0 },
  nice: { options: '-# -n,--adjustment:text', operands: 0 },
  ionice: { options: '[t] -c,--class:text -n,--classdata:text', operands: 0 },
  stdbuf: { options: '-i,--input:text -o,--output:text -e,--error:text', operands: 0 },
  timeout: {
    options: '[v] --preserve-status --foreground --verbose -k,--kill-after:text -s,--signal:text',
    operands: 1,
  },
  taskset: { options: '[c] --cpu-list', operands: 1 },
  flock: { options: '[senux] -w,--timeout:text --exclusive --shared --nonblock --verbose', operands: 1 },
  sudo: {
    options: '[EHnSkbiPA] --preserve-env::text -u:text -g:text -p:text -C:text -h:text -r:text -t:text -T:text',
    operands: 0,
  },
  doas: { options: '[n] -u:text -C:text', operands: 0 },
  command: { options: '[p]', operands: 0 },
  builtin: { options: '', operands: 0 },
  exec: { options: '[l]', operands: 0 },
  xargs: {
    options:
      '[0rtpx] -n,--max-args:text -P,--max-procs:text -L,--max-lines:text -I:text -d,--delimiter:text -E:text -s:text --null --no-run-if-empty --verbose',
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
