import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock, Timer } from '../../base/clock.ts';
import type { SessionOptions, SessionReport } from '../backend.ts';
import { sessionFolder } from './own-files.ts';

/** What is read of one file at a time: the end matters. */
const MOST_BYTES = 64 * 1024;
const LOOK_MS = 3000;
/** File systems are not exact about when a file was made. */
const BEFORE_MS = 1000;

export interface CommandOutput {
  /** The approval channel, watched: a command that is allowed begins. Every command is asked about. */
  following(ask: SessionOptions['ask']): SessionOptions['ask'];
  /** The report, watched: a call that has settled is over. */
  ending(report: SessionReport): SessionReport;
  /** Nothing is looked at any more. */
  close(): void;
}

export interface CommandOutputDeps {
  /** Where the program writes what its commands print. */
  folder: string;
  clock: Pick<Clock, 'timer'>;
  /** What a command has written since the last look. */
  onOutput(callId: string, text: string): void;
}

/**
 * Where Claude Code keeps the output of commands while they run: `<temporary folder>/claude-<uid>/<cwd>/<session>/tasks`,
 * with a file for every call of Bash, in the background or not. Seen with 2.1.329; a version that does otherwise is
 * only not watched.
 */
export function outputFolder(env: Record<string, string>, cwd: string, sessionId: string): string {
  return path.join(sessionFolder(env, cwd, sessionId), 'tasks');
}

/**
 * Looks now and then at what running commands have written, for as long as one runs. The program does not say which file
 * belongs to which call, so a new file belongs to the call that has been without one for longest.
 */
export function createCommandOutput({ folder, clock, onOutput }: CommandOutputDeps): CommandOutput {
  /** The file of each running call, once there is one. */
  const running = new Map<string, { since: number; file: string | null }>();
  const seen = new Map<string, number>();
  let timer: Timer | null = null;
  let closed = false;

  function schedule(): void {
    if (timer || closed || running.size === 0) return;
    timer = clock.timer(LOOK_MS, () => {
      timer = null;
      void look().finally(schedule);
    });
  }

  async function look(): Promise<void> {
    const files = await readdir(folder).catch(() => []);
    for (const file of files) {
      if (!file.endsWith('.output') || seen.has(file)) continue;
      seen.set(file, 0);
      const born = await stat(path.join(folder, file)).then(
        ({ birthtimeMs }) => birthtimeMs,
        () => 0,
      );
      const waiting = [...running.values()].find((one) => one.file === null && born >= one.since - BEFORE_MS);
      if (waiting) waiting.file = file;
    }
    for (const [callId, { file }] of [...running]) {
      if (file === null) continue;
      const text = await readOn(file);
      if (text !== '' && running.has(callId)) onOutput(callId, text);
    }
  }

  /** What came since the last look; when it is a great deal, the end of it. */
  async function readOn(file: string): Promise<string> {
    const handle = await open(path.join(folder, file), 'r').catch(() => null);
    if (!handle) return '';
    try {
      const { size } = await handle.stat();
      const from = Math.max(seen.get(file) ?? 0, size - MOST_BYTES);
      seen.set(file, size);
      if (size <= from) return '';
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
      return buffer.toString('utf8', 0, bytesRead);
    } catch {
      return '';
    } finally {
      await handle.close();
    }
  }

  function begin(callId: string): void {
    running.set(callId, { since: Date.now(), file: null });
    schedule();
  }

  function end(callId: string): void {
    if (!running.delete(callId) || running.size > 0) return;
    timer?.cancel();
    timer = null;
  }

  return {
    following: (ask) => async (question) => {
      const answer = await ask(question);
      if (question.call.kind === 'command' && question.callId !== null && answer.decision === 'allow')
        begin(question.callId);
      return answer;
    },
    ending: (report) => ({
      ...report,
      entry(entry) {
        report.entry(entry);
        if (entry.type === 'tool-settled') end(entry.callId);
      },
    }),
    close() {
      closed = true;
      running.clear();
      timer?.cancel();
      timer = null;
    },
  };
}
