import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from '../../contract/run/state.ts';
import { addDescendants } from './descendants.ts';
import { type ProcessRow, processRow } from './identity.ts';
import { bearsEntry, environmentValues, processTable } from './process-table.ts';

/** How long SIGKILL may take to work before we give up waiting: a process in the kernel cannot be ended by anyone. */
const KILL_WAIT_MS = 10_000;
const FIRST_WAIT_MS = 1;
/** How much longer each wait is than the one before: what has ended is noticed late by a quarter of its time at most. */
const WAIT_GROWTH = 1.25;
const LONGEST_WAIT_MS = 50;

export interface KillTreeOptions {
  /** The process we started. It is the leader of its process group and session. */
  identity: ProcessIdentity;
  /** The `DROVER_RUN` the tree was started with. */
  marker?: string;
  /** Milliseconds between SIGTERM and SIGKILL. */
  graceMs: number;
}

/** Processes of this user by the run they were started in: of the rows, or of everything that runs. Linux only. */
export function runsWithProcesses(rows?: readonly ProcessRow[]): Map<string, ProcessRow[]> {
  return environmentValues('DROVER_RUN', rows);
}

/** The environment entry that all processes of a run carry. */
export function runEntry(marker: string): string {
  return `DROVER_RUN=${marker}`;
}

/**
 * Ends a process and everything it started: SIGTERM, up to `graceMs`, SIGKILL to what is left. The tree is everything
 * in the process group or session of `identity`, all descendants of those, and on Linux every process of this user
 * that bears the marker: that finds shells in sessions of their own whose parent has died. The tree is looked up again
 * in every round, because dying parents hand their children to init and living ones start new ones.
 *
 * Each process is compared by start time right before it is signalled: a pid that belongs to another process by now is
 * left alone, and so is its group. Never signals this process. Resolves with true when all are gone, false when
 * something survived SIGKILL for 10 s (a process stuck in the kernel, or one we may not signal).
 */
export function killTree(options: KillTreeOptions): Promise<boolean> {
  const { identity, marker, graceMs } = options;
  return killMatching({ leader: identity, entry: marker === undefined ? null : runEntry(marker), graceMs });
}

/** Ends all processes of this user that bear the marker, also when their leader is long dead. Linux only. */
export function sweep(marker: string, graceMs = 2_000): Promise<boolean> {
  return killMatching({ leader: null, entry: runEntry(marker), graceMs });
}

/** What `killTree` and `sweep` share: `entry` is the environment entry (`NAME=value`) that marks the tree. */
export async function killMatching(options: {
  leader: ProcessIdentity | null;
  entry: string | null;
  graceMs: number;
}): Promise<boolean> {
  const tree = createTree(options.leader, options.entry);
  const started = performance.now();
  const asked = new Set<string>();
  let wait = FIRST_WAIT_MS;
  for (;;) {
    const members = tree.look();
    if (members.length === 0) return true;
    const elapsed = performance.now() - started;
    if (elapsed >= options.graceMs + KILL_WAIT_MS) return false;
    for (const row of members) {
      if (elapsed >= options.graceMs) signal(row, 'SIGKILL');
      else if (!asked.has(key(row))) {
        asked.add(key(row));
        signal(row, 'SIGTERM');
        // A stopped process takes SIGTERM only when it goes on; others do not mind.
        signal(row, 'SIGCONT');
      }
    }
    // Looking at those we know is cheap; the whole table is read again when they are gone, or time is up.
    const until = elapsed < options.graceMs ? started + options.graceMs : performance.now() + LONGEST_WAIT_MS;
    while (members.some(stillThere)) {
      const left = until - performance.now();
      if (left <= 0) break;
      await sleep(Math.min(wait, Math.max(1, left)));
      wait = Math.min(wait * WAIT_GROWTH, LONGEST_WAIT_MS);
    }
  }
}

const key = (row: ProcessRow) => `${row.pid} ${row.startTime}`;

function stillThere(row: ProcessRow): boolean {
  const now = processRow(row.pid);
  return now !== null && !now.zombie && now.startTime === row.startTime;
}

function signal(row: ProcessRow, name: NodeJS.Signals): void {
  if (!stillThere(row)) return;
  try {
    process.kill(row.pid, name);
  } catch {
    // Gone in this moment, or not ours to signal: the next look tells.
  }
}

/** Remembers who belonged to the tree, so that a process stays a member when its parent has died. */
function createTree(leader: ProcessIdentity | null, entry: string | null): { look(): ProcessRow[] } {
  const known = new Set<string>();
  let leaderSeen = false;

  /**
   * Whether the group and session with the leader's pid are still those of the leader. The system does not give a pid
   * away while a group of that number exists. A leader that was dead before we first looked proves nothing, so then a
   * member has to bear the mark, where marks can be read.
   */
  function groupIsOurs(leader: ProcessIdentity, rows: readonly ProcessRow[]): boolean {
    const now = processRow(leader.pid);
    if (now) {
      if (now.startTime !== leader.startTime) return false;
      leaderSeen = true;
      return true;
    }
    if (leaderSeen || entry === null || process.platform !== 'linux') return true;
    return rows.some((row) => inGroup(row, leader.pid) && bearsEntry(row.pid, entry));
  }

  return {
    look() {
      const rows = processTable().filter((row) => row.pid !== process.pid && row.pid !== 1);
      const members = new Map<number, ProcessRow>();
      const ours = leader !== null && groupIsOurs(leader, rows);
      for (const row of rows) {
        if (
          known.has(key(row)) ||
          (leader && row.pid === leader.pid && row.startTime === leader.startTime) ||
          (leader && ours && inGroup(row, leader.pid)) ||
          (entry !== null && bearsEntry(row.pid, entry))
        ) {
          members.set(row.pid, row);
        }
      }
      addDescendants(members, rows);
      for (const row of members.values()) known.add(key(row));
      return [...members.values()];
    },
  };
}

function inGroup(row: ProcessRow, leader: number): boolean {
  return row.group === leader || row.session === leader;
}
