import type { Surface } from './state.ts';

/** Where an answer was given. Beside the shapes, because the command must not load them. */
export const SURFACE_WORDS: Record<Surface, string> = {
  window: 'in the window',
  browser: 'in a browser tab',
  'pop-up': 'in the pop-up',
  notification: 'in the notification',
  tray: 'in the tray',
  'command-line': 'on the command line',
  api: 'over the API',
};
