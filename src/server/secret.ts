import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 bytes from a secure source, in characters that need no quoting anywhere. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret that is only ever looked up: a lookup by digest tells nothing by the time it takes. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Compares in a time that does not depend on where the texts differ, or on their lengths. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
