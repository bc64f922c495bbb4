import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { configFolder } from '../own-settings.ts';
import { type Message, parseMessage } from '../protocol.ts';

/** The file in which the program writes a session down, line by line; a message is written when it is complete. */
export interface Transcript {
  /** The program has said where it is. */
  at(file: string): void;
  /** The lines that have come since the last call. */
  read(): Message[];
}

/** Begins behind what is there of a session that continues. */
export function createTranscript(
  env: Readonly<Record<string, string>>,
  sessionId: string,
  resume: boolean,
): Transcript {
  let file = resume ? findFile(env, sessionId) : null;
  let offset = file === null ? 0 : statSync(file).size;
  let rest = Buffer.alloc(0);

  function readOn(): Buffer {
    if (file === null) return Buffer.alloc(0);
    let opened: number;
    try {
      opened = openSync(file, 'r');
    } catch {
      return Buffer.alloc(0);
    }
    try {
      const length = fstatSync(opened).size - offset;
      if (length <= 0) return Buffer.alloc(0);
      const bytes = Buffer.alloc(length);
      const count = readSync(opened, bytes, 0, length, offset);
      offset += count;
      return bytes.subarray(0, count);
    } catch {
      return Buffer.alloc(0);
    } finally {
      closeSync(opened);
    }
  }

  return {
    at(now) {
      if (now === file) return;
      file = now;
      offset = 0;
      rest = Buffer.alloc(0);
    },
    read() {
      const bytes = readOn();
      if (bytes.length === 0) return [];
      const all = Buffer.concat([rest, bytes]);
      const end = all.lastIndexOf(0x0a) + 1;
      rest = Buffer.from(all.subarray(end));
      const lines = all.subarray(0, end).toString('utf8').split('\n');
      return lines.flatMap((line) => parseMessage(line) ?? []);
    },
  };
}

function findFile(env: Readonly<Record<string, string>>, sessionId: string): string | null {
  const projects = path.join(configFolder(env), 'projects');
  if (!existsSync(projects)) return null;
  const found = readdirSync(projects).map((folder) => path.join(projects, folder, `${sessionId}.jsonl`));
  return found.find((file) => existsSync(file)) ?? null;
}
