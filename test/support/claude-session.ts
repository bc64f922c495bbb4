import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackgroundWork } from '../../src/contract/run/events.ts';
import type { ProcessIdentity } from '../../src/contract/run/state.ts';
import type {
  AgentSession,
  Backend,
  SessionEntry,
  SessionOptions,
  ToolAnswer,
  ToolQuestion,
  UnaskedCall,
} from '../../src/core/backends/backend.ts';
import { createClaudeBackend } from '../../src/core/backends/claude/backend.ts';
import { silentLogger } from '../../src/core/base/logger.ts';
import { isAlive } from '../../src/core/process/identity.ts';
import { bearsEntry, processTable } from '../../src/core/process/process-table.ts';
import { claudeEnvironment, claudeProgram } from './claude.ts';
import type { Scenario } from './scripted-api/scenario.ts';
import { type ScriptedApi, startScriptedApi } from './scripted-api/server.ts';
import { createTempFolder } from './temp.ts';
import { startToolsServer, type ToolsServer } from './tools-server.ts';

/** All that a session reported, and a way to wait for it. */
export interface Recorded {
  identity: ProcessIdentity | null;
  sessions: { id: string; model: string | null }[];
  entries: SessionEntry[];
  deltas: { entryId: string; kind: string; text: string }[];
  background: BackgroundWork[][];
  questions: ToolQuestion[];
  unasked: UnaskedCall[];
  alive: number;
  texts(): string[];
  notices(): string[];
  /** Resolves as soon as `holds` does, looked at after every report; rejects after 30 s. */
  until(holds: () => boolean): Promise<void>;
}

export interface ClaudeBench {
  readonly api: ScriptedApi;
  readonly home: string;
  readonly workspace: string;
  readonly env: Record<string, string>;
  readonly backend: Backend;
  /** What a session gets as Drover's tools when a test gives no others. */
  readonly tools: Pick<ToolsServer, 'url' | 'token'>;
  open(options?: OpenOptions): Promise<{ session: AgentSession; recorded: Recorded; marker: string }>;
  close(): Promise<void>;
}

type OpenOptions = Partial<Omit<SessionOptions, 'report' | 'ask' | 'unasked' | 'env' | 'logger'>> & {
  /** Whether what ran unasked would have passed; default no. */
  passes?: boolean;
  ask?: (question: ToolQuestion) => ToolAnswer | Promise<ToolAnswer>;
  env?: Record<string, string>;
  signal?: AbortSignal;
};

/** A real Claude Code with an empty HOME, an empty workspace and a scripted model; `close` ends and removes it all. */
export async function createClaudeBench(
  scenario: Scenario,
  options: { program?: string; backgroundWaitMs?: number; extra?: Record<string, string> } = {},
): Promise<ClaudeBench> {
  const folder = await createTempFolder();
  const home = join(folder.path, 'home');
  const workspace = join(folder.path, 'workspace');
  await mkdir(home);
  await mkdir(workspace);
  const api = await startScriptedApi(scenario);
  const tools = await startToolsServer([]);
  const program = options.program ?? (await claudeProgram());
  const extra = { TMPDIR: folder.path, CLAUDE_CODE_TMPDIR: folder.path, ...options.extra };
  const env = claudeEnvironment({ program, home, baseUrl: api.baseUrl, extra });
  const backend = createClaudeBackend({ env: async () => env, backgroundWaitMs: options.backgroundWaitMs });
  const open = new Set<AgentSession>();

  return {
    api,
    home,
    workspace,
    env,
    backend,
    tools,
    async open(given = {}) {
      const marker = given.marker ?? `test-${randomUUID()}`;
      const { recorded, report } = createRecorder();
      const ask = given.ask ?? (() => ({ decision: 'allow' }) as const);
      const session = await backend.open(
        {
          taskId: 'a00000000',
          runId: 'r00000000',
          cwd: workspace,
          sessionId: randomUUID(),
          resume: false,
          model: null,
          effort: null,
          autonomy: 'ask',
          trusted: false,
          tools,
          logger: silentLogger,
          ...given,
          marker,
          report,
          unasked: (call) => {
            recorded.unasked.push(call);
            return given.passes ?? false;
          },
          env: { ...env, ...given.env },
          ask: async (question) => {
            recorded.questions.push(question);
            report.alive();
            return ask(question);
          },
        },
        given.signal ?? new AbortController().signal,
      );
      open.add(session);
      return { session, recorded, marker };
    },
    async close() {
      await Promise.all([...open].map((session) => session.close(5_000)));
      await api.stop();
      await tools.close();
      await folder.remove();
    },
  };
}

function createRecorder(): { recorded: Recorded; report: SessionOptions['report'] } {
  const waiters = new Set<() => void>();
  const changed = () => {
    for (const look of waiters) look();
  };
  const recorded: Recorded = {
    identity: null,
    sessions: [],
    entries: [],
    deltas: [],
    background: [],
    questions: [],
    unasked: [],
    alive: 0,
    texts: () => recorded.entries.flatMap((entry) => (entry.type === 'text' ? [entry.text] : [])),
    notices: () => recorded.entries.flatMap((entry) => (entry.type === 'notice' ? [entry.code] : [])),
    until(holds) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiters.delete(look);
          reject(new Error(`It did not come about within 30 s: ${holds}`));
        }, 30_000);
        const look = () => {
          if (!holds()) return;
          clearTimeout(timer);
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      });
    },
  };
  const report: SessionOptions['report'] = {
    started(identity) {
      recorded.identity = identity;
      changed();
    },
    session(id, model) {
      recorded.sessions.push({ id, model });
      changed();
    },
    entry(entry) {
      recorded.entries.push(entry);
      changed();
    },
    delta(delta) {
      recorded.deltas.push(delta);
      changed();
    },
    background(work) {
      recorded.background.push(work);
      changed();
    },
    alive() {
      recorded.alive += 1;
      changed();
    },
  };
  return { recorded, report };
}

/** Pids of living processes that were started with this marker. */
export function processesOf(marker: string): number[] {
  return processTable()
    .filter((row) => bearsEntry(row.pid, `DROVER_RUN=${marker}`))
    .map((row) => row.pid);
}

export function runs(identity: ProcessIdentity | null): boolean {
  return identity !== null && isAlive(identity);
}
