import type { CoreApi } from '../core-api.ts';
import type { Attachments } from './attachments.ts';

/** The calls of the contract on files given with a goal. */
export function createAttachmentCalls(attachments: Attachments): CoreApi['attachments'] {
  return {
    add: (file) => attachments.add(file),
    remove: ({ attachmentId }) => attachments.remove(attachmentId),
  };
}
