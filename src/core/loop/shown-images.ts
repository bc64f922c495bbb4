import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Attachment, MAX_IMAGE_BYTES } from '../../contract/attachment/state.ts';
import type { PromptImage } from '../backends/backend.ts';
import { readImage } from '../base/image.ts';

/** What goes with one prompt, at most: it is one line to the agent's program, and one request to its service. */
const MOST = 20;
const MOST_BYTES = 15 * 1000 * 1000;

/** Those of the files that the agent is shown with its prompt, the first first. */
export function shownImages(files: readonly Attachment[], { images }: { images: boolean }): Attachment[] {
  const shown: Attachment[] = [];
  let bytes = 0;
  for (const file of files) {
    if (!images || !file.image || shown.length === MOST || bytes + file.bytes > MOST_BYTES) continue;
    shown.push(file);
    bytes += file.bytes;
  }
  return shown;
}

/** Reads images for a prompt. One that is no longer there, or no image any more, is left out, and `lost` names it. */
export async function loadImages(files: readonly Attachment[]): Promise<{ images: PromptImage[]; lost: string[] }> {
  const images: PromptImage[] = [];
  const lost: string[] = [];
  for (const { path, name } of files) {
    const content = await readPlain(path);
    const facts = content === null ? null : readImage(content);
    if (content === null || facts === null) lost.push(name);
    else images.push({ type: facts.type, base64: content.toString('base64') });
  }
  return { images, lost };
}

/** The content of a file; null where a link, a pipe or something too large has taken its place. */
async function readPlain(path: string): Promise<Buffer | null> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const { size, isFile } = await file.stat().then((seen) => ({ size: seen.size, isFile: seen.isFile() }));
      return isFile && size <= MAX_IMAGE_BYTES ? await file.readFile() : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
