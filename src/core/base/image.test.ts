import { expect, test } from 'vitest';
import { png } from '../../../test/support/png.ts';
import { MAX_IMAGE_BYTES } from '../../contract/attachment/state.ts';
import { readImage } from './image.ts';

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const webp = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
const jpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc0000b080010002001011100ffda0008010100003f00d2cf20ffd9',
  'hex',
);

test('an image is known by its content', () => {
  expect(readImage(png(20, 10))).toEqual({ type: 'image/png', width: 20, height: 10 });
  expect(readImage(gif)).toEqual({ type: 'image/gif', width: 1, height: 1 });
  expect(readImage(webp)).toEqual({ type: 'image/webp', width: 1, height: 1 });
  expect(readImage(jpeg)).toEqual({ type: 'image/jpeg', width: 32, height: 16 });
});

test('what a service would refuse is no image: cut short, too large, anything else', () => {
  for (const whole of [png(20, 10), gif, webp, jpeg]) {
    // What is at the end of a picture may be missing, but not its end.
    for (let length = 0; length < whole.length - 4; length += 1) {
      expect(readImage(whole.subarray(0, length)), `${length} bytes`).toBeNull();
    }
  }
  expect(readImage(png(8001, 1))).toBeNull();
  expect(readImage(png(7000, 7000))).toBeNull();
  expect(readImage(png(0, 5))).toBeNull();
  expect(readImage(Buffer.concat([png(20, 10), Buffer.alloc(MAX_IMAGE_BYTES)]))).toBeNull();
  for (const text of ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', 'RIFFxxxxWEBPVP8?'])
    expect(readImage(Buffer.from(text))).toBeNull();
});
