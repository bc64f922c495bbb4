import { archive } from './archive.ts';

export const run = archive(false);
