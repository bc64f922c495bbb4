import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where desktops on Linux look for what to start at login (XDG autostart specification). */
export function autostartFile(env: Environment): string {
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : path.join(homedir(), '.config');
  return path.join(config, 'autostart', 'drover.desktop');
}

/** A person can also turn an entry off by these two lines, as the settings of desktops do. */
export function isInAutostart(file: string): boolean {
  try {
    return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}

/** `command` is program and arguments, any text. */
export function addToAutostart(file: string, command: readonly string[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, autostartEntry(command));
}

export function removeFromAutostart(file: string): void {
  rmSync(file, { force: true });
}

/** The content of the file, quoted twice, as the Desktop Entry specification asks: as words of Exec, then as a value. */
export function autostartEntry(command: readonly string[]): string {
  const words = command.map((word) => `"${word.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%')}"`).join(' ');
  const value = words.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Drover',
    'Comment=Runs and supervises coding agents',
    `Exec=${value}`,
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
