import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Listening } from '../../contract/process/state.ts';

/** proc(5): the state of a socket that listens. */
const LISTENS = '0A';

/** The TCP ports on which processes listen, by pid, as `/proc` tells it; null on other systems, which do not. */
export function portsOf(pids: readonly number[]): Map<number, Listening[]> | null {
  if (process.platform !== 'linux') return null;
  const found = new Map<number, Listening[]>();
  let sockets: Map<string, Listening> | null = null;
  for (const pid of pids) {
    const inodes = socketsOf(pid);
    if (inodes.length === 0) continue;
    sockets ??= new Map([...readTable('/proc/net/tcp'), ...readTable('/proc/net/tcp6')]);
    const ports = inodes.flatMap((inode) => sockets?.get(inode) ?? []);
    if (ports.length > 0)
      found.set(
        pid,
        ports.sort((one, other) => one.port - other.port),
      );
  }
  return found;
}

/** The inodes of the sockets that a process has open. */
function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    // Gone in this moment, or another user's.
    return [];
  }
}

function readTable(path: string): Map<string, Listening> {
  try {
    return readListening(readFileSync(path, 'latin1'));
  } catch {
    return new Map();
  }
}

/** What listens, by inode, of a table such as `/proc/net/tcp`. */
export function readListening(table: string): Map<string, Listening> {
  const found = new Map<string, Listening>();
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [address = '', port = ''] = (fields[1] ?? '').split(':');
    const inode = fields[9];
    if (fields[3] !== LISTENS || inode === undefined) continue;
    found.set(inode, { port: Number.parseInt(port, 16), address: readAddress(address) });
  }
  return found;
}

/** Groups of four bytes, each as a number in the order of the machine, which is little-endian wherever Drover runs. */
function readAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((group) => [...Buffer.from(group, 'hex')].reverse());
  if (bytes.length === 4) return bytes.join('.');
  const words = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
  // As an IPv4 address that is written as one of IPv6.
  if (words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff) return bytes.slice(12).join('.');
  return new URL(`http://[${words.map((word) => word.toString(16)).join(':')}]/`).hostname.slice(1, -1);
}
