import { pause } from './pause.ts';

export const run = pause(false);
