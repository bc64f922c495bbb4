import { expect, test } from 'vitest';
import { appImage } from './app-image.ts';

test.each<[string, Record<string, string>, string, string | null]>([
  ['no AppImage', {}, '/usr/lib/drover/drover', null],
  [
    'its own',
    { APPIMAGE: '/home/me/Drover.AppImage', APPDIR: '/tmp/.mount_D' },
    '/tmp/.mount_D/drover',
    '/home/me/Drover.AppImage',
  ],
  [
    'that of the editor it was started from',
    { APPIMAGE: '/e.AppImage', APPDIR: '/tmp/.mount_E' },
    '/usr/lib/drover/drover',
    null,
  ],
  [
    'a folder with the same beginning',
    { APPIMAGE: '/e.AppImage', APPDIR: '/tmp/.mount_E' },
    '/tmp/.mount_Ex/drover',
    null,
  ],
])('an app knows whether it runs from an AppImage: %s', (_, env, program, expected) => {
  expect(appImage(env, program)).toBe(expected);
});
