import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { addToAutostart, autostartEntry, autostartFile, isInAutostart, removeFromAutostart } from './autostart-file.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let file: string;
beforeEach(async () => {
  temp = await createTempFolder();
  file = autostartFile({ XDG_CONFIG_HOME: temp.path });
});
afterEach(() => temp.remove());

it('is a file in the folder that desktops read, and gone when it is turned off', async () => {
  expect(file).toBe(path.join(temp.path, 'autostart', 'drover.desktop'));
  expect(isInAutostart(file)).toBe(false);
  addToAutostart(file, ['/opt/Drover/drover', '--hidden']);
  expect(isInAutostart(file)).toBe(true);
  expect(await readFile(file, 'utf8')).toContain('\nExec="/opt/Drover/drover" "--hidden"\n');
  removeFromAutostart(file);
  removeFromAutostart(file);
  expect(isInAutostart(file)).toBe(false);
});

it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('is off when a desktop has written %s', async (line) => {
  addToAutostart(file, ['drover']);
  await writeFile(file, `[Desktop Entry]\nExec=drover\n${line}\n`);
  expect(isInAutostart(file)).toBe(false);
});

it('keeps every letter of a path', () => {
  const entry = autostartEntry(['/a b/"c"/$d/`e`/100%/f\\g']);
  expect(entry).toContain('Exec="/a b/\\\\"c\\\\"/\\\\$d/\\\\`e\\\\`/100%%/f\\\\\\\\g"\n');
});

it('has its own folder where XDG names none or a relative one', () => {
  expect(autostartFile({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/autostart\/drover\.desktop$/);
});
