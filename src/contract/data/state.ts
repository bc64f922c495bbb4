import * as z from 'zod';

/** Sizes are in bytes; null where it could not be measured. */
export const dataDescription = z.object({
  folder: z.string(),
  database: z.number(),
  attachments: z.number(),
  logs: z.number(),
  workspaces: z.object({ count: z.number(), bytes: z.number().nullable() }),
  backups: z.array(z.object({ path: z.string(), bytes: z.number(), at: z.number() })),
});
export type DataDescription = z.infer<typeof dataDescription>;
