import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { dataFolderOf } from '../../connection/endpoint.ts';
import { type Command, type Context, show } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { safeLine } from '../../printing/sanitise.ts';
import { findProgram } from '../../program-files.ts';
import { commandOf, systemctl } from '../../systemd/systemctl.ts';
import { canBeStarted, unitText } from '../../systemd/unit.ts';
import { findUserUnit, UNIT, type UserUnit } from '../../systemd/user-unit.ts';

const RELOAD = ['daemon-reload'];
const ENABLE = ['enable', UNIT];

export const run: Command = async (context, _args, options) => {
  const unit = requireUserUnit(context);
  const { file } = unit;
  if (unit.state === 'foreign') {
    throw new Failure('conflict', `${file} was not written by Drover, so it is left as it is.`);
  }
  if (unit.state === 'changed') {
    throw new Failure('conflict', `${file} was changed since Drover wrote it, so it is left as it is.`);
  }
  const { node, program, env } = findProgram('main');
  refuseAppImage(context, program);
  if (!canBeStarted(node)) throw new Failure('unavailable', `systemd starts no program with this path: ${node}`);
  const text = unitText({ program: node, args: [program, '--data', dataFolderOf(context, options.data)], env });

  // Before anything is written: whether there is a systemd that would read it.
  const reached = await systemctl(context, ...RELOAD);
  if (!reached.ok) throw new Failure('unavailable', `${reached.words} Nothing was written.`);
  const before = unit.state === 'ours' ? readFileSync(file, 'utf8') : null;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: before === null ? 'wx' : 'w' });
  for (const args of [RELOAD, ENABLE]) {
    const called = await systemctl(context, ...args);
    if (called.ok) continue;
    if (before === null) rmSync(file);
    else writeFileSync(file, before);
    throw new Failure('unavailable', `${called.words} ${file} is as it was.`);
  }
  const ran = [RELOAD, ENABLE].map(commandOf);
  show(context, options, { file, ran }, () => [
    `Wrote ${safeLine(file)}`,
    ...ran.map((command) => `Ran ${command}`),
    '',
    'Drover starts when you log in, and works without the window.',
    `To start it now: ${commandOf(['start', UNIT])}`,
  ]);
  return undefined;
};

/** The place of the unit. Throws `Failure` on other systems than Linux. */
export function requireUserUnit(context: Context): UserUnit {
  const unit = findUserUnit(context);
  if (unit !== null) return unit;
  throw new Failure('unavailable', 'Only Linux has systemd. Elsewhere the menu of the tray starts Drover at login.');
}

/** Its program is gone when the app has ended. */
function refuseAppImage({ env }: Context, program: string): void {
  const { APPIMAGE, APPDIR } = env;
  if (!APPIMAGE || !APPDIR || !program.startsWith(`${APPDIR}/`)) return;
  throw new Failure('unavailable', 'This Drover is an AppImage, whose program is gone when the app has ended.');
}
