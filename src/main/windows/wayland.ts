/**
 * Whether windows of this process are put where the desktop wants them and cannot stay on top: so it is on Wayland,
 * unless Electron was told to use X11.
 */
export function isWayland({ platform, env, argv }: Pick<NodeJS.Process, 'platform' | 'env' | 'argv'>): boolean {
  if (platform !== 'linux' || !env.WAYLAND_DISPLAY || env.XDG_SESSION_TYPE === 'x11') return false;
  return !argv.includes('--ozone-platform=x11') && env.ELECTRON_OZONE_PLATFORM_HINT !== 'x11';
}
