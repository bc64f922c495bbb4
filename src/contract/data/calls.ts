import * as z from 'zod';
import { base } from '../call.ts';
import { dataDescription } from './state.ts';

/** The calls on the data folder. */
export const data = {
  describe: base
    .route({ method: 'GET', path: '/data', summary: 'Where the data is and how much space it takes' })
    .output(dataDescription),
  backUp: base
    .route({ method: 'POST', path: '/data/backups', summary: 'Write a copy of the database into the data folder' })
    .output(z.object({ path: z.string(), bytes: z.number() })),
  open: base
    .route({ method: 'POST', path: '/data/open', summary: 'Show the data folder in the file manager' })
    .output(z.object({ words: z.string() })),
};
