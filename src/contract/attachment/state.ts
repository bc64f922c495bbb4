import * as z from 'zod';
import { attachmentId } from '../ids.ts';

/** The largest file that can be attached to a task, in bytes. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;
export const MAX_ATTACHMENTS = 20;
/** The largest image that agents are shown, in bytes; of a larger file they get the path alone. */
export const MAX_IMAGE_BYTES = 3.75 * 1000 * 1000;

/** A file that a person gave with the goal or a message. It lies in the data folder, where the agent may read it. */
export const attachment = z.object({
  id: attachmentId,
  /** The name it had, without folders. */
  name: z.string().min(1).max(200),
  bytes: z.number(),
  /** MIME type as far as the name tells, such as `image/png`; of an image that can be shown, as its content tells. */
  type: z.string(),
  /** Its content is a whole image that agents can be shown; absent in what earlier versions stored. */
  image: z.literal(true).optional(),
  /** Absolute path. */
  path: z.string(),
});
export type Attachment = z.infer<typeof attachment>;
