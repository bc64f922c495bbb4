import { MAX_IMAGE_BYTES } from '../../contract/attachment/state.ts';

/** What agents can be shown, with what may be needed to draw it. */
export interface ImageFacts {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  width: number;
  height: number;
}

/** The longest side that model services take, and what an image may come to when it is unpacked. */
const MOST_SIDE = 8000;
const MOST_PIXELS = 40_000_000;

/**
 * What image a file is, by its content alone; null for everything that agents are not shown: other types, files cut
 * short, too many bytes or pixels. A service refuses a damaged image, and with it every later turn of the conversation.
 */
export function readImage(content: Buffer): ImageFacts | null {
  if (content.length > MAX_IMAGE_BYTES) return null;
  try {
    const facts = readPng(content) ?? readGif(content) ?? readWebp(content) ?? readJpeg(content);
    if (facts === null) return null;
    const { width, height } = facts;
    const isDrawable = width > 0 && height > 0 && Math.max(width, height) <= MOST_SIDE && width * height <= MOST_PIXELS;
    return isDrawable ? facts : null;
  } catch (error) {
    // It ends before what it says is in it.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const begins = (content: Buffer, at: number, text: string) =>
  content.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'));

function readPng(content: Buffer): ImageFacts | null {
  if (!begins(content, 0, '\x89PNG\r\n\x1a\n') || !begins(content, 12, 'IHDR')) return null;
  for (let at = 8; ; ) {
    if (begins(content, at + 4, 'IEND')) break;
    at += 12 + content.readUInt32BE(at);
  }
  return { type: 'image/png', width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
}

function readGif(content: Buffer): ImageFacts | null {
  if (!begins(content, 0, 'GIF87a') && !begins(content, 0, 'GIF89a')) return null;
  if (content.lastIndexOf(0x3b) < 13) return null;
  return { type: 'image/gif', width: content.readUInt16LE(6), height: content.readUInt16LE(8) };
}

function readWebp(content: Buffer): ImageFacts | null {
  if (!begins(content, 0, 'RIFF') || !begins(content, 8, 'WEBP')) return null;
  if (content.readUInt32LE(4) + 8 > content.length) return null;
  const size = webpSize(content);
  return size === null ? null : { type: 'image/webp', ...size };
}

function webpSize(content: Buffer): { width: number; height: number } | null {
  if (begins(content, 12, 'VP8X')) {
    return { width: content.readUIntLE(24, 3) + 1, height: content.readUIntLE(27, 3) + 1 };
  }
  if (begins(content, 12, 'VP8L')) {
    const bits = content.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!begins(content, 12, 'VP8 ')) return null;
  return { width: content.readUInt16LE(26) & 0x3fff, height: content.readUInt16LE(28) & 0x3fff };
}

/** Marks of a JPEG that begin a frame, which has the size; the others of this range are tables. */
const isFrame = (mark: number) => mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);

function readJpeg(content: Buffer): ImageFacts | null {
  if (!begins(content, 0, '\xff\xd8\xff') || content.lastIndexOf(Buffer.from([0xff, 0xd9])) < 4) return null;
  for (let at = 2; ; ) {
    if (content.readUInt8(at) !== 0xff) return null;
    const mark = content.readUInt8(at + 1);
    if (isFrame(mark)) {
      return { type: 'image/jpeg', width: content.readUInt16BE(at + 7), height: content.readUInt16BE(at + 5) };
    }
    // A mark may be padded; one of these has no content.
    if (mark === 0xff) at += 1;
    else if (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8)) at += 2;
    else at += 2 + content.readUInt16BE(at + 2);
  }
}
