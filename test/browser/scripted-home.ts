import path from 'node:path';
import type { Browser } from 'playwright';
import type { Capabilities } from '../../src/contract/agent/state.ts';
import type { TaskSpec } from '../../src/contract/task/state.ts';
import type { SessionOptions, TurnResult } from '../../src/core/backends/backend.ts';
import { callOf as claudeCallOf } from '../../src/core/backends/claude/tool-call.ts';
import { createHost, type TestHost } from '../support/host.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';
import { type OpenPage, openPage, type PageOptions } from './pages.ts';
import { clientOf, restore } from './restore.ts';

/** The built window. */
const WINDOW = path.resolve(import.meta.dirname, '../../out/renderer');

/** What an agent of a test does in one turn. */
export type Script = (agent: ScriptedAgent, prompt: string) => Promise<TurnResult | undefined>;

export interface ScriptedAgent extends Pick<SessionOptions, 'report' | 'cwd' | 'ask'> {
  signal: AbortSignal;
  say(text: string): void;
  think(text: string): void;
  /** A call and its result; without `output` it stays open. Returns the id of the call. */
  call(name: string, input: unknown, output?: string, more?: { ok?: boolean; durationMs?: number | null }): string;
}

/** A host in this process, with the window and an agent named `scripted` that plays what the test says. */
export interface ScriptedHome {
  host: TestHost;
  play(script: Script): void;
  create(spec: Partial<TaskSpec> & { goal: string }, start?: boolean): ReturnType<TestHost['create']>;
  /** A signed-in page on this task. */
  open(taskId: string, options?: PageOptions): Promise<OpenPage>;
  /** A signed-in page on the board, with its projects. */
  openBoard(options?: PageOptions): Promise<OpenPage>;
  /** Takes away what a test has made. */
  restore(): Promise<void>;
  remove(): Promise<void>;
}

export async function createScriptedHome(
  browser: Browser,
  capabilities: Partial<Capabilities> = {},
): Promise<ScriptedHome> {
  let script: Script = async () => undefined;
  let entries = 0;
  const play = async (options: SessionOptions, signal: AbortSignal, prompt: string) => {
    const { report, cwd, ask } = options;
    const nextId = () => {
      entries += 1;
      return `entry-${entries}`;
    };
    const agent: ScriptedAgent = {
      report,
      cwd,
      ask,
      signal,
      say: (text) => report.entry({ type: 'text', entryId: nextId(), text, parent: null }),
      think: (text) => report.entry({ type: 'thinking', entryId: nextId(), text, parent: null }),
      call(name, input, output, { ok = true, durationMs = 12 } = {}) {
        const callId = nextId();
        const text = typeof input === 'string' ? input : JSON.stringify(input);
        const members = typeof input === 'object' && input !== null ? { ...input } : {};
        report.entry({ type: 'tool-called', callId, call: claudeCallOf(name, members), input: text, parent: null });
        if (output !== undefined) report.entry({ type: 'tool-settled', callId, ok, output, durationMs });
        return callId;
      },
    };
    return (await script(agent, prompt)) ?? YIELDED;
  };
  const backend = createScriptedBackend('scripted', play, capabilities);
  const host = await createHost({ backends: [backend], staticFolder: WINDOW });
  return {
    host,
    play(next) {
      script = next;
    },
    create: (spec, start) => host.create({ agent: { agent: 'scripted' }, ...spec }, start),
    async open(taskId, options) {
      const opened = await openPage(browser, host.server.openLink(), { hash: `#/tasks/${taskId}`, ...options });
      await opened.page.getByRole('tab', { name: 'Conversation' }).waitFor();
      return opened;
    },
    async openBoard(options) {
      const opened = await openPage(browser, host.server.openLink(), { hash: '#/board', ...options });
      await opened.page.getByRole('button', { name: /^Menu of “/ }).waitFor();
      return opened;
    },
    restore: () => restore(clientOf(host)),
    remove: () => host.remove(),
  };
}
