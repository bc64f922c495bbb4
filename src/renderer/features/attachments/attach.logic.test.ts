import { expect, it } from 'vitest';
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '../../../contract/attachment/state.ts';
import { freeName, refusalOf } from './attach.logic.ts';

it('refuses what is too large or one too many, and says why', () => {
  expect(refusalOf({ name: 'a', size: MAX_ATTACHMENT_BYTES }, MAX_ATTACHMENTS - 1)).toBeNull();
  expect(refusalOf({ name: 'a', size: MAX_ATTACHMENT_BYTES + 1 }, 0)).toContain('10 MB');
  expect(refusalOf({ name: 'a', size: 1 }, MAX_ATTACHMENTS)).toContain('At most 20');
});

it('gives every file a name of its own', () => {
  expect(freeName('image.png', [])).toBe('image.png');
  expect(freeName('image.png', ['image.png', 'image-2.png'])).toBe('image-3.png');
  expect(freeName('.env', ['.env'])).toBe('.env-2');
  expect(freeName('a.tar.gz', ['a.tar.gz'])).toBe('a.tar-2.gz');
});
