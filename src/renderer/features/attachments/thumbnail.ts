const SIDE = 96;
const TYPES = /^image\/(?:png|jpeg|gif|webp|bmp|avif)$/;

/** A small picture of an image as a `data:` address, so that it can be kept; null for what is none. */
export async function thumbnailOf(file: Blob): Promise<string | null> {
  if (!TYPES.test(file.type)) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.toDataURL('image/webp', 0.75);
  } catch {
    // It only looks like an image.
    return null;
  }
}
