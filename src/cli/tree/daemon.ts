import type { Command } from 'commander';
import type { AddVerb } from './verb.ts';

const HELP = `
install writes one file, $XDG_CONFIG_HOME/systemd/user/drover.service (or below
~/.config), and has systemd read and enable it. It never replaces a file that it
did not write, or that was changed since.`;

export function addDaemonCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('daemon')
    .summary('Drover without the window, started when you log in')
    .description('Drover without the window, started by systemd when you log in. Linux only.')
    .addHelpText('after', HELP);
  verb(
    group,
    'install',
    'start Drover when you log in, by a systemd unit of yours',
    () => import('../commands/daemon/install.ts'),
  );
  verb(group, 'uninstall', 'no longer start Drover when you log in', () => import('../commands/daemon/uninstall.ts'));
}
