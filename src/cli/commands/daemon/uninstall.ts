import { lstatSync, rmSync } from 'node:fs';
import { type Command, remark, show } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { safeLine } from '../../printing/sanitise.ts';
import { commandOf, systemctl } from '../../systemd/systemctl.ts';
import { UNIT } from '../../systemd/user-unit.ts';
import { requireUserUnit } from './install.ts';

export const run: Command = async (context, _args, options) => {
  const { file, link, state } = requireUserUnit(context);
  if (state === 'none') {
    show(context, options, { file, removed: false, ran: [] }, () => [`There is no ${safeLine(file)}.`]);
    return undefined;
  }
  if (state !== 'ours') {
    const why = state === 'foreign' ? 'was not written by Drover' : 'was changed since Drover wrote it';
    throw new Failure('conflict', `${file} ${why}, so it is left as it is. Remove it yourself if you want it gone.`);
  }
  const ran: string[] = [];
  const call = async (...args: string[]) => {
    const called = await systemctl(context, ...args);
    if (called.ok) ran.push(commandOf(args));
    else remark(context, safeLine(called.words));
  };
  await call('disable', UNIT);
  rmSync(file);
  // What a systemd that cannot be reached has left.
  if (isLink(link)) rmSync(link);
  await call('daemon-reload');
  show(context, options, { file, removed: true, ran }, () => [
    ...ran.map((command) => `Ran ${command}`),
    `Removed ${safeLine(file)}`,
    '',
    'Drover no longer starts when you log in. One that runs is not ended.',
  ]);
  return undefined;
};

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
