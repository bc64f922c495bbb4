/**
 * What a look at a file or folder finds, such as `ifThere(lstat(path))`; null only when there surely is none. Rejects with
 * every other failure: what may not be looked at, or cannot be read, may well be there.
 */
export async function ifThere<T>(look: Promise<T>): Promise<T | null> {
  try {
    return await look;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
