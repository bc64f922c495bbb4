import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Bytes; the file never grows, so that writing it again needs no room on most file systems. */
const SIZE = 4096;
/** Well below what fits. */
const MOST = 100;

/**
 * Runs that a person has stopped while that could not be written into the log, in a file whose room was taken before. A
 * host that is killed before there is room leaves them to the next one. They are a help, no promise: a file system that
 * writes everything to a new place may refuse them too.
 */
export interface StopNotes {
  add(runId: string): void;
  has(runId: string): boolean;
  /** The log knows of it by now. */
  remove(runId: string): void;
}

/** Takes the room for the file, if it has none yet. Never throws. */
export function createStopNotes(file: string): StopNotes {
  let runs = read(file);
  // With nothing to note, the file is only made where it is missing or short.
  if (runs === null) write([]);

  function write(ids: readonly string[]): void {
    const text = JSON.stringify(ids.slice(-MOST)).padEnd(SIZE);
    try {
      let fd: number;
      try {
        fd = openSync(file, 'r+');
      } catch {
        fd = openSync(file, 'wx', 0o600);
      }
      try {
        writeSync(fd, text, 0);
      } finally {
        closeSync(fd);
      }
    } catch {
      // Then the stop is known as long as this host lives.
    }
    runs = [...ids];
  }

  return {
    add: (runId) => write([...(runs ?? []).filter((id) => id !== runId), runId]),
    has: (runId) => runs?.includes(runId) ?? false,
    remove(runId) {
      if (runs?.includes(runId)) write(runs.filter((id) => id !== runId));
    },
  };
}

function read(file: string): string[] | null {
  try {
    const text = readFileSync(file, 'utf8');
    const value: unknown = JSON.parse(text);
    if (text.length < SIZE || !Array.isArray(value)) return null;
    return value.filter((id) => typeof id === 'string');
  } catch {
    return null;
  }
}
