import * as z from 'zod';
import { base } from '../call.ts';
import { attachmentId } from '../ids.ts';
import { attachment, MAX_ATTACHMENT_BYTES } from './state.ts';

/** The calls on files that are given with the goal of a task or with a message. */
export const attachments = {
  add: base
    .route({
      method: 'POST',
      path: '/attachments',
      summary: 'Upload a file for a task or message to come; deleted after 24 h if unused',
    })
    .input(
      z.strictObject({
        name: z.string().min(1).max(200),
        base64: z.string().max(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4),
      }),
    )
    .output(attachment),
  remove: base
    .route({
      method: 'DELETE',
      path: '/attachments/{attachmentId}',
      summary: 'Delete a file that no task uses yet',
    })
    .input(z.strictObject({ attachmentId }))
    .output(z.object({ attachmentId })),
};
