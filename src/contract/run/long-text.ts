import * as z from 'zod';

/**
 * Text that may be long. `text` is all of it, or the first part when `blob` names the stored whole; `bytes` is the
 * UTF-8 size of the whole.
 */
export const longText = z.object({ text: z.string(), bytes: z.number(), blob: z.string().nullable() });
export type LongText = z.infer<typeof longText>;
