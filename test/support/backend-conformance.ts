import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackgroundWork } from '../../src/contract/run/events.ts';
import { toolCall } from '../../src/contract/run/tool-call.ts';
import {
  type AgentSession,
  type Backend,
  BackendFailure,
  type SessionEntry,
  type SessionOptions,
  type SessionReport,
  type ToolAnswer,
  type ToolQuestion,
} from '../../src/core/backends/backend.ts';
import { silentLogger } from '../../src/core/base/logger.ts';
import { markedProcesses } from './marked-processes.ts';
import { until } from './until.ts';

/** A session that a test opened, with everything it has reported, in order. */
export interface WatchedSession {
  session: AgentSession;
  reported: Reported[];
  entries(): SessionEntry[];
  questions: ToolQuestion[];
  /** Resolves as soon as something reported so far, or later, fits. */
  seen(fits: (one: Reported) => boolean): Promise<Reported>;
}

export type Reported =
  | { type: 'started'; pid: number | null }
  | { type: 'session'; sessionId: string }
  | { type: 'entry'; entry: SessionEntry }
  | { type: 'delta'; entryId: string; text: string }
  | { type: 'background'; work: BackgroundWork[] };

/** What the suite needs to know to make one backend do things. A prompt left out skips what needs it. */
export interface ConformanceScript {
  name: string;
  /** Called once per test; `folder` is an empty temporary folder that is removed afterwards. */
  create(folder: string): Promise<{
    backend: Backend;
    /** Environment, tools and what else the backend's program needs. */
    options: Partial<SessionOptions>;
    close?(): Promise<void>;
  }>;
  prompts: {
    /** A turn that ends well. */
    plain: string;
    /** A turn that calls one of Drover's tools and ends well. */
    tool?: string;
    /** A turn that reports something, and then goes on until it is interrupted. */
    endless?: string;
    /** A turn in which the program dies. */
    crash?: string;
    /** A turn that asks before it writes `asked.txt` in its working directory, and ends well when it may not. */
    ask?: string;
    /** A turn that leaves behind a process in a session of its own which ignores SIGTERM. */
    stray?: string;
    /** A turn that ends with an error of each class. */
    transient?: string;
    permanent?: string;
    /** A turn whose text has in it what earlier prompts of the session said. */
    recall?: string;
  };
  /**
   * The same backend with a program that never answers, ignores SIGTERM and has a child in a session of its own that
   * does too.
   */
  hanging?(folder: string): Promise<{ backend: Backend; options: Partial<SessionOptions>; close?(): Promise<void> }>;
  /** Whether `asked.txt` was written. */
  written?(folder: string): Promise<boolean>;
}

const GRACE_MS = 300;

const silentReport: SessionReport = {
  started: () => {},
  session: () => {},
  entry: () => {},
  delta: () => {},
  background: () => {},
  alive: () => {},
};

/**
 * The promises of the port, checked with the real program: to be called in the test file of every backend. Nothing here
 * knows a backend by name; what it cannot do is skipped by its capabilities.
 */
export function describeBackendConformance(script: ConformanceScript): void {
  const { prompts } = script;

  describe(`the port, kept by ${script.name}`, () => {
    let folder: string;
    let made: Awaited<ReturnType<ConformanceScript['create']>>;
    let marker: string;
    let ending: Promise<void>;
    const open: AgentSession[] = [];

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'drover-port-'));
      made = await script.create(folder);
      marker = `test-${crypto.randomUUID()}`;
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((session) => session.close(0)));
      await made.close?.();
      await rm(folder, { recursive: true, force: true });
    });

    const start = async (
      change: Partial<SessionOptions> & { signal?: AbortSignal } = {},
      answer?: (question: ToolQuestion) => ToolAnswer,
    ) => {
      const watched = await openWatched(made.backend, { cwd: folder, marker, ...made.options, ...change }, answer);
      open.push(watched.session);
      return watched;
    };

    test('the process is reported before it is used, and the session is confirmed', async () => {
      const watched = await start({ sessionId: crypto.randomUUID() });
      const result = await watched.session.prompt(prompts.plain);
      expect(result).toMatchObject({ result: 'ok', error: null });
      expect(watched.reported[0]?.type).toBe('started');
      expect(watched.reported.filter((one) => one.type === 'started')).toHaveLength(1);
      expect(watched.reported.some((one) => one.type === 'session')).toBe(true);
      const [started] = watched.reported;
      const pid = started?.type === 'started' ? started.pid : null;
      expect(pid !== null).toBe(made.backend.capabilities.process);
    });

    test('it says what a call is: the same each time, for any input, and of a tool that it does not know nothing', async () => {
      const { callOf } = made.backend;
      expect(callOf('no tool of anybody', { command: 'ls' }).kind).toBe('other');
      const watched = await start({ autonomy: 'ask' });
      await watched.session.prompt(prompts.tool ?? prompts.plain);
      for (const entry of watched.entries()) {
        if (entry.type !== 'tool-called') continue;
        expect(toolCall.parse(entry.call)).toEqual(entry.call);
        expect(callOf(entry.call.title, JSON.parse(entry.input))).toEqual(entry.call);
        for (const hostile of [
          {},
          { command: 7, path: [], file_path: null },
          { questions: 'x', edits: {}, plan: {} },
        ]) {
          expect(toolCall.safeParse(callOf(entry.call.title, hostile)).success).toBe(true);
        }
      }
      for (const { call, input } of watched.questions) expect(callOf(call.title, input)).toEqual(call);
    });

    test('a second prompt is not taken while a turn runs', async () => {
      const watched = await start();
      const first = watched.session.prompt(prompts.endless ?? prompts.plain);
      await expect(watched.session.prompt('and this')).rejects.toThrow();
      await watched.session.interrupt();
      await first;
    });

    test('entries have ids of their own, and every tool call that began has settled when the turn is over', async ({
      skip,
    }) => {
      if (!prompts.tool) return skip();
      const watched = await start();
      expect((await watched.session.prompt(prompts.tool)).result).toBe('ok');
      const entries = watched.entries();
      const ids = entries.flatMap((entry) => ('entryId' in entry ? [entry.entryId] : []));
      expect(new Set(ids).size).toBe(ids.length);
      const called = entries.flatMap((entry) => (entry.type === 'tool-called' ? [entry.callId] : []));
      expect(called.length).toBeGreaterThan(0);
      for (const callId of called) {
        const began = entries.findIndex((entry) => entry.type === 'tool-called' && entry.callId === callId);
        const settled = entries.findIndex((entry) => entry.type === 'tool-settled' && entry.callId === callId);
        expect(settled).toBeGreaterThan(began);
      }
    });

    test('growing text is settled by an entry with the same id that begins with it', async () => {
      const watched = await start();
      await watched.session.prompt(prompts.plain);
      const grown = new Map<string, string>();
      for (const one of watched.reported) {
        if (one.type === 'delta') grown.set(one.entryId, (grown.get(one.entryId) ?? '') + one.text);
        if (one.type === 'entry' && (one.entry.type === 'text' || one.entry.type === 'thinking')) {
          expect(one.entry.text.startsWith(grown.get(one.entry.entryId) ?? '')).toBe(true);
          grown.delete(one.entry.entryId);
        }
      }
      expect([...grown.keys()]).toEqual([]);
    });

    test('an interrupted turn settles as interrupted, and the session takes the next prompt', async ({ skip }) => {
      if (!made.backend.capabilities.interrupt || !prompts.endless) return skip();
      const watched = await start();
      const turn = watched.session.prompt(prompts.endless);
      if (made.backend.capabilities.process) await watched.seen((one) => one.type === 'entry' || one.type === 'delta');
      await watched.session.interrupt();
      expect(await turn).toMatchObject({ result: 'interrupted', error: null });
      expect(await watched.session.prompt(prompts.plain)).toMatchObject({ result: 'ok' });
    });

    test('an interrupt between turns does nothing', async () => {
      const watched = await start();
      await watched.session.interrupt();
      expect(await watched.session.prompt(prompts.plain)).toMatchObject({ result: 'ok' });
    });

    test('close settles the running turn, may be called again, and ends the session', async () => {
      const watched = await start();
      const turn = watched.session.prompt(prompts.endless ?? prompts.plain);
      await Promise.all([watched.session.close(GRACE_MS), watched.session.close(GRACE_MS)]);
      expect((await turn).result).toBe('interrupted');
      expect((await watched.session.ended).words).not.toBe('');
      await watched.session.close(GRACE_MS);
      expect((await watched.session.prompt(prompts.plain)).result).not.toBe('ok');
      expectGone(watched);
    });

    test('close ends what the agent left running, however it was started', async ({ skip }) => {
      if (!prompts.stray || process.platform !== 'linux') return skip();
      const watched = await start();
      expect(await watched.session.prompt(prompts.stray)).toMatchObject({ result: 'ok' });
      expect(await markedProcesses(marker)).not.toEqual([]);
      await watched.session.close(GRACE_MS);
      expect(await markedProcesses(marker)).toEqual([]);
    });

    test('a dead program is an error of class crash, and `ended` resolves', async ({ skip }) => {
      if (!prompts.crash) return skip();
      const watched = await start();
      const result = await watched.session.prompt(prompts.crash);
      expect(result).toMatchObject({ result: 'error', error: { class: 'crash' } });
      expect(result.error?.words).toMatch(/\w/);
      expect((await watched.session.ended).words).toMatch(/\w/);
      expect(await watched.session.prompt(prompts.plain)).toMatchObject({ result: 'error', error: { class: 'crash' } });
      expectGone(watched);
    });

    test('errors say whether trying again helps', async ({ skip }) => {
      if (!prompts.transient || !prompts.permanent) return skip();
      const watched = await start();
      for (const kind of ['transient', 'permanent'] as const) {
        const result = await watched.session.prompt(prompts[kind] ?? '');
        expect(result).toMatchObject({ result: 'error', error: { class: kind } });
        expect(result.error?.words).toMatch(/\w/);
      }
      expect(await watched.session.prompt(prompts.plain)).toMatchObject({ result: 'ok' });
    });

    test.for(['close', 'release'] as const)('a session continued after %s remembers', async (end, { skip }) => {
      if (!made.backend.capabilities.resume || !prompts.recall) return skip();
      const sessionId = crypto.randomUUID();
      const word = `w${crypto.randomUUID().slice(0, 8)}`;
      const before = await start({ sessionId });
      expect(await before.session.prompt(`${prompts.plain}\nRemember ${word}.`)).toMatchObject({ result: 'ok' });
      await before.session[end](GRACE_MS);
      await before.session.ended;
      if (process.platform === 'linux') expect(await markedProcesses(marker)).toEqual([]);
      const after = await start({ sessionId, resume: true });
      expect(await after.session.prompt(prompts.recall)).toMatchObject({ result: 'ok' });
      const said = after.entries().map((entry) => (entry.type === 'text' ? entry.text : ''));
      expect(said.join('\n')).toContain(word);
    });

    test('what has no session to continue is not let go of', async ({ skip }) => {
      if (made.backend.capabilities.resume) return skip();
      const { session } = await start();
      await expect(session.release(GRACE_MS)).rejects.toBeInstanceOf(BackendFailure);
      if (prompts.plain) expect(await session.prompt(prompts.plain)).toMatchObject({ result: 'ok' });
    });

    test('a session that is gone is said to be unknown, and leaves no process', async ({ skip }) => {
      if (!made.backend.capabilities.resume) return skip();
      const failure = await start({ sessionId: crypto.randomUUID(), resume: true }).then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(BackendFailure);
      expect(failure).toMatchObject({ code: 'session-unknown' });
      if (process.platform === 'linux') expect(await markedProcesses(marker)).toEqual([]);
    });

    test('aborted while opening: it says so, and no process with the marker is left', async () => {
      const signals = [AbortSignal.abort()];
      // Before it begins, when the process is reported, and a moment later.
      const atStart = new AbortController();
      const inTheMiddle = new AbortController();
      signals.push(atStart.signal, inTheMiddle.signal);
      for (const signal of signals) {
        const report = {
          ...silentReport,
          started() {
            if (signal === atStart.signal) atStart.abort();
            else setImmediate(() => inTheMiddle.abort());
          },
        };
        const { session } = await start({ signal, report, abortGraceMs: GRACE_MS }).catch((failure: unknown) => {
          expect(failure).toBeInstanceOf(BackendFailure);
          expect(failure).toMatchObject({ code: 'aborted', message: expect.stringMatching(/\w/) });
          return { session: null };
        });
        // One without a process of its own may be open before anybody can abort it.
        if (session !== null) expect(made.backend.capabilities.process).toBe(false);
        if (process.platform === 'linux') expect(await markedProcesses(marker)).toEqual([]);
      }
    });

    test('aborted while opening: a program that never answers and ignores signals is ended all the same', async ({
      skip,
    }) => {
      if (!script.hanging || process.platform !== 'linux') return skip();
      const hanging = await script.hanging(folder);
      const stop = new AbortController();
      const begun = new Promise<void>((resolve) => {
        const report = { ...silentReport, started: () => resolve() };
        const options = { cwd: folder, marker, ...made.options, ...hanging.options };
        const opening = openWatched(hanging.backend, { ...options, report, signal: stop.signal, abortGraceMs: 50 });
        ending = expect(opening).rejects.toMatchObject({ code: 'aborted' });
      });
      await begun;
      await until(async () => (await markedProcesses(marker)).length > 1, 'the program and its child');
      stop.abort();
      await ending;
      expect(await markedProcesses(marker)).toEqual([]);
      await hanging.close?.();
    });

    test.each([
      ['denied', { decision: 'deny', words: 'Not now.' }, false],
      ['unanswered', null, false],
      ['allowed', { decision: 'allow' }, true],
    ] as const)('what is asked and %s is carried out only when it was allowed', async (_, given, done) => {
      if (!made.backend.capabilities.approvals || !prompts.ask || !script.written) return;
      const watched = await start({ autonomy: 'ask' }, () => {
        if (!given) throw new Error('The channel broke.');
        return given;
      });
      expect(await watched.session.prompt(prompts.ask)).toMatchObject({ result: 'ok' });
      expect(watched.questions.length).toBeGreaterThan(0);
      expect(await script.written(folder)).toBe(done);
    });

    test('usage and cost are of one turn alone', async ({ skip }) => {
      if (!made.backend.capabilities.usage) return skip();
      const watched = await start();
      const results = [];
      for (let turn = 0; turn < 3; turn += 1) results.push(await watched.session.prompt(prompts.plain));
      const [, second, third] = results;
      expect(second?.usage.inputTokens).toBeGreaterThan(0);
      expect(third?.usage.inputTokens).toBe(second?.usage.inputTokens);
      expect(third?.costUsd).toBeCloseTo(second?.costUsd ?? Number.NaN, 6);
    });
  });
}

/** Opens a session and keeps what it reports. Without `answer` every question is denied. */
export async function openWatched(
  backend: Backend,
  options: Partial<SessionOptions> & { cwd: string; signal?: AbortSignal },
  answer: (question: ToolQuestion) => ToolAnswer = () => ({ decision: 'deny', words: 'Nobody answers here.' }),
): Promise<WatchedSession> {
  const { signal = new AbortController().signal, ...given } = options;
  const reported: Reported[] = [];
  const questions: ToolQuestion[] = [];
  const waiting = new Set<() => void>();
  const add = (one: Reported) => {
    reported.push(one);
    for (const look of [...waiting]) look();
  };
  const session = await backend.open(
    {
      taskId: 'a00000001',
      runId: 'a00000001.1',
      sessionId: crypto.randomUUID(),
      resume: false,
      model: null,
      effort: null,
      autonomy: 'auto',
      trusted: false,
      env: { PATH: process.env.PATH ?? '', HOME: options.cwd },
      marker: `test-${crypto.randomUUID()}`,
      tools: { url: 'http://127.0.0.1:9/mcp', token: 'none' },
      unasked: () => false,
      logger: silentLogger,
      report: {
        started: (identity) => add({ type: 'started', pid: identity?.pid ?? null }),
        session: (sessionId) => add({ type: 'session', sessionId }),
        entry: (entry) => add({ type: 'entry', entry }),
        delta: ({ entryId, text }) => add({ type: 'delta', entryId, text }),
        background: (work) => add({ type: 'background', work }),
        alive: () => {},
      },
      async ask(question) {
        questions.push(question);
        return answer(question);
      },
      ...given,
    },
    signal,
  );
  return {
    session,
    reported,
    questions,
    entries: () => reported.flatMap((one) => (one.type === 'entry' ? [one.entry] : [])),
    seen: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = reported.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

function expectGone(watched: WatchedSession): void {
  for (const one of watched.reported) {
    if (one.type !== 'started' || one.pid === null) continue;
    const { pid } = one;
    expect(() => process.kill(pid, 0)).toThrow();
  }
}
