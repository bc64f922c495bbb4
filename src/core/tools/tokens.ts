import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Bearer tokens of agents: each reaches the tools of one task, for as long as one run lasts. */
export interface TaskTokens {
  /** A new token for the task; 256 bits. */
  issue(taskId: string): string;
  revoke(token: string): void;
  taskOf(token: string): string | null;
}

export function createTaskTokens(): TaskTokens {
  const known: { digest: Buffer; taskId: string }[] = [];
  return {
    issue(taskId) {
      const token = randomBytes(32).toString('base64url');
      known.push({ digest: digest(token), taskId });
      return token;
    },
    revoke(token) {
      const gone = digest(token);
      const at = known.findIndex((one) => one.digest.equals(gone));
      if (at >= 0) known.splice(at, 1);
    },
    taskOf(token) {
      const given = digest(token);
      let found: string | null = null;
      for (const one of known) if (timingSafeEqual(one.digest, given)) found = one.taskId;
      return found;
    },
  };
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
