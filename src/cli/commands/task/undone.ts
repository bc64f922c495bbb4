import { markDone } from './done.ts';

export const run = markDone(false);
