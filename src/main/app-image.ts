import path from 'node:path';

/**
 * The AppImage that this program runs from; null for any other. Its variables alone do not say so: whatever is started
 * from another AppImage, such as an editor's terminal, has that one's.
 */
export function appImage(env: NodeJS.ProcessEnv = process.env, program = process.execPath): string | null {
  const { APPIMAGE, APPDIR } = env;
  if (!APPIMAGE || !APPDIR) return null;
  return program.startsWith(`${path.resolve(APPDIR)}${path.sep}`) ? APPIMAGE : null;
}
