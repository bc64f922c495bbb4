import { plural } from '../../../contract/words/measure.ts';

/** Everything a person reads of files that are attached. */
export const labels = {
  dropHere: 'Drop to attach',
  uploading: 'A file is still uploading.',
  attach: 'Attach files',
  attachments: 'Attachments',
  uploadingFile: 'Uploading',
  notAttached: 'Not attached',
  reading: (percent: number) => `Reading, ${percent} %`,
  sending: (size: string) => `Sending ${size}`,
  retry: 'Retry',
  retryFile: (name: string) => `Retry ${name}`,
  remove: (name: string) => `Remove ${name}`,
  tooManyFiles: (most: number) => `At most ${plural(most, 'file')} can be attached.`,
  tooLarge: (size: string, most: string) => `It has ${size}; at most ${most} can be attached.`,
  unreadable: 'It cannot be read. A folder cannot be attached.',
};
