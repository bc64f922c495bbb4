import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Rejection, Result } from '../../contract/rejection.ts';
import { describeSystemError } from '../base/system-error.ts';
import { lockHolder } from './lock-holder.ts';

const locked = new WeakSet<Rejection>();

/** Whether something was refused only because another program has the database locked: it will do later. */
export function isLocked(rejection: Rejection): boolean {
  return locked.has(rejection);
}

/** Whether SQLite refuses only because another program has the database locked. */
export function isLockedError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code));
}

/** A refusal in words for a failure of the storage; null for anything else, which is a mistake of ours. */
export function storageRejection(error: unknown, file: string): Rejection | null {
  const message = describeStorageError(error, file);
  if (message === null) return null;
  const rejection: Rejection = { code: 'unavailable', message };
  if (isLockedError(error)) locked.add(rejection);
  return rejection;
}

/** Does something on the storage; what the storage refuses becomes a refusal in words. */
export async function storageResult<T>(job: () => Result<T> | Promise<Result<T>>, file: string): Promise<Result<T>> {
  try {
    return await job();
  } catch (error) {
    const rejection = storageRejection(error, file);
    if (rejection === null) throw error;
    return { ok: false, rejection };
  }
}

/** A sentence for a failure of the storage itself; null for anything else, which is a mistake of ours. */
export function describeStorageError(error: unknown, file: string): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return `The disk is full: ${file} could not be written. Nothing was changed; free some space and try again.`;
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return `The database ${file} is damaged and was left as it is. Move it away to begin with an empty one, or put back a copy from the backups folder beside it.`;
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const who = lockHolder(file);
    return `The database ${file} is locked by another program${who === null ? '' : ` (${who})`}. Close that program and try again.`;
  }
  if (/^SQLITE_(READONLY|CANTOPEN|IOERR|PERM|AUTH)/.test(code)) {
    return whyRefused(file) ?? `${file} cannot be used (${code}): check its folder and the disk it is on.`;
  }
  if (code.startsWith('SQLITE_')) return null;
  return describeSystemError(error, file);
}

/** SQLite does not say why; asked once more, the system does. */
function whyRefused(file: string): string | null {
  for (const at of [file, path.dirname(file)]) {
    try {
      accessSync(at, constants.R_OK | constants.W_OK);
    } catch (error) {
      if (!isNamed(error, 'ENOENT')) return describeSystemError(error, at);
    }
  }
  return null;
}

export function isNamed(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
