import { expect, test } from 'vitest';
import { networkMounts, readMounts } from './network-mounts.ts';

const MOUNTINFO = `22 28 0:20 / /proc rw,nosuid shared:12 - proc proc rw
28 0 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
91 28 0:45 / /mnt/office\\040files rw,relatime shared:50 - nfs4 server:/export rw,vers=4.2
92 28 0:46 / /home/me/remote rw shared:51 - fuse.sshfs me@host:/ rw
93 28 0:47 / /mnt/disk rw shared:52 - fuseblk /dev/sdb1 rw
94 28 0:48 / /srv/share rw master:1 propagate_from:2 - cifs //server/share rw
`;

test('what is served from elsewhere is found, and nothing of this machine', () => {
  expect(readMounts(MOUNTINFO)).toEqual(['/mnt/office files', '/home/me/remote', '/srv/share']);
});

test('any text is read, and this machine is asked', () => {
  expect(readMounts('\n - \nnfs - nfs')).toEqual([]);
  expect(Array.isArray(networkMounts())).toBe(true);
});
