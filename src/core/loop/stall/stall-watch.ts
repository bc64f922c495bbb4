import { truncate } from '../../../contract/text.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { lastLines, questionIn } from './question.ts';

/** What is kept of the output of a command, in UTF-16 units: enough for a screen. */
const TAIL = 8 * 1024;
const SHOWN_LINES = 8;
/** Who asks writes the question and its hints at once; what comes after such a pause is an answer or something else. */
const PAUSE_MS = 500;
const LONGEST_LINE = 300;

export interface Stall {
  /** What seems to wait: a check or the call of a tool. */
  id: string;
  /** A sentence for a person. */
  words: string;
  /** The end of the output, as lines. */
  tail: string;
}

/** Watches commands that run; one that has been silent for a while after what looks like a question has stalled. */
export interface StallWatch {
  /** A command runs; `name` says what, for people. */
  begin(id: string, name: string): void;
  /** It has written something: a stall of it is over. Output of a command that is not known begins it. */
  output(id: string, text: string): void;
  /** It has ended. */
  end(id: string): void;
  /** Nothing is watched any more. */
  close(): void;
}

export interface StallWatchDeps {
  clock: Pick<Clock, 'timer'>;
  /** Milliseconds that only grow. */
  elapsed?(): number;
  /** How long a command is silent before it is looked at; milliseconds, asked for at every begin. */
  silentMs(): number;
  /** Called once per stall. */
  noticed(stall: Stall): void;
  cleared(id: string): void;
}

interface Watched {
  name: string;
  tail: string;
  /** How much of the tail came in the newest burst: the question is looked for there. */
  burst: number;
  wroteAt: number;
  stalled: boolean;
  timer: Timer | null;
}

/**
 * Silence alone is no stall: a build may say nothing for minutes. The timer of a command runs only after it has written
 * something, and fires once; with more output it starts over.
 */
export function createStallWatch(deps: StallWatchDeps): StallWatch {
  const { clock, silentMs, noticed, cleared, elapsed = () => performance.now() } = deps;
  const running = new Map<string, Watched>();

  function look(id: string, watched: Watched): void {
    watched.timer = null;
    const question = questionIn(watched.tail.slice(-watched.burst));
    if (question === null) return;
    watched.stalled = true;
    const words = `${watched.name} seems to wait for input: ${truncate(question, 160)}`;
    const tail = lastLines(watched.tail, SHOWN_LINES).map((line) => truncate(line, LONGEST_LINE));
    noticed({ id, words, tail: tail.join('\n') });
  }

  function begin(id: string, name: string): Watched {
    const known = running.get(id);
    if (known) {
      known.name = name;
      return known;
    }
    const watched: Watched = { name, tail: '', burst: 0, wroteAt: elapsed(), stalled: false, timer: null };
    running.set(id, watched);
    return watched;
  }

  function settle(id: string): void {
    const watched = running.get(id);
    if (!watched) return;
    running.delete(id);
    watched.timer?.cancel();
    if (watched.stalled) cleared(id);
  }

  return {
    begin: (id, name) => void begin(id, name),
    output(id, text) {
      if (text === '') return;
      const watched = running.get(id) ?? begin(id, 'A command');
      const now = elapsed();
      const goesOn = now - watched.wroteAt < PAUSE_MS;
      watched.wroteAt = now;
      watched.tail = (watched.tail + text).slice(-TAIL);
      watched.burst = Math.min(watched.tail.length, (goesOn ? watched.burst : 0) + text.length);
      if (watched.stalled) {
        watched.stalled = false;
        cleared(id);
      }
      if (watched.timer) watched.timer.restart();
      else watched.timer = clock.timer(silentMs(), () => look(id, watched));
    },
    end: settle,
    close() {
      for (const id of [...running.keys()]) settle(id);
    },
  };
}
