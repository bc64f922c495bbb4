import { readFileSync } from 'node:fs';

/** What a server elsewhere serves, or is mounted when it is looked at: a look may never come back. */
const NETWORK = /^(nfs\d?|cifs|smb3?|smbfs|afs|ceph|lustre|gpfs|glusterfs|beegfs|davfs2?|autofs|fuse\..+)$/;
const FRESH_MS = 2_000;

let known: readonly string[] = [];
let freshUntil = Number.NEGATIVE_INFINITY;

/**
 * The folders at which something from the network is mounted now. Reads only what the kernel keeps itself, and waits for
 * no server. Empty elsewhere than on Linux.
 */
export function networkMounts(): readonly string[] {
  const now = performance.now();
  if (now < freshUntil) return known;
  freshUntil = now + FRESH_MS;
  try {
    known = readMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    known = [];
  }
  return known;
}

/** The network mounts in the text of a `mountinfo`; in it, spaces and the like are written as octal numbers (proc(5)). */
export function readMounts(mountinfo: string): string[] {
  const mounts = mountinfo.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ', 2);
    const path = before.split(' ')[4];
    return path !== undefined && NETWORK.test(after.split(' ')[0] ?? '') ? [path] : [];
  });
  return mounts.map((path) =>
    path.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8))),
  );
}
