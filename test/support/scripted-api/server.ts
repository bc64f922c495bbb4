import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RequestFacts, readFacts } from './facts.ts';
import { reply, sendError, sendJson } from './reply.ts';
import { holds, type Scenario, type ScriptedSession, type ScriptedTurn } from './scenario.ts';

/** A request that arrived. `outcome` changes from `pending` when it was answered. */
export interface RecordedRequest extends RequestFacts {
  /** `main`: a turn of the conversation; `aux`: one without tools, such as for a title. */
  kind: 'main' | 'aux';
  /** The name of the scripted session that answers; null when none does. */
  scripted: string | null;
  outcome: string;
}

export interface ScriptedApi {
  /** For `ANTHROPIC_BASE_URL`. */
  readonly baseUrl: string;
  /** Turns of conversations, in the order they arrived. */
  readonly requests: readonly RecordedRequest[];
  /** Paths that were asked for and are not scripted. */
  readonly unexpected: readonly string[];
  /** Replaces the scenario and forgets the uses. */
  use(scenario: Scenario): void;
  /** The first request (past or coming) that fits; rejects after `ms`. */
  waitFor(fits: (request: RecordedRequest) => boolean, ms?: number): Promise<RecordedRequest>;
  stop(): Promise<void>;
}

/**
 * A Messages API on loopback that says what a scenario says, for a real Claude Code to talk to. Answers
 * `POST /v1/messages` (streaming and not), `count_tokens` and `models`; requests without tools get a title.
 */
export async function startScriptedApi(first: Scenario): Promise<ScriptedApi> {
  let scenario = first;
  let uses = new Map<string, number>();
  const requests: RecordedRequest[] = [];
  const unexpected: string[] = [];
  const waiters = new Set<() => void>();

  function pick(facts: RequestFacts): { session: ScriptedSession | null; turn: ScriptedTurn | null } {
    const session = scenario.sessions.find((candidate) => holds(candidate.match, facts)) ?? null;
    for (const [index, turn] of session?.turns.entries() ?? []) {
      const key = [session?.name, facts.session, facts.agentId, index].join('/');
      const used = uses.get(key) ?? 0;
      const times = turn.times ?? 1;
      if ((times === 'forever' || used < times) && holds(turn.when, facts)) {
        uses.set(key, used + 1);
        return { session, turn };
      }
    }
    return { session, turn: null };
  }

  async function answerMessages(body: unknown, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const facts = readFacts(body, request.headers);
    const aux = facts.tools.length === 0;
    const { session, turn } = aux ? { session: null, turn: null } : pick(facts);
    const record: RecordedRequest = {
      ...facts,
      kind: aux ? 'aux' : 'main',
      scripted: session?.name ?? null,
      outcome: 'pending',
    };
    if (!aux) requests.push(record);
    for (const look of waiters) look();
    if (turn) {
      record.outcome = await reply(turn, facts, scenario.usage ?? {}, response);
    } else if (aux) {
      record.outcome = await reply({ steps: [{ text: '{"title":"Scripted session"}' }] }, facts, {}, response);
    } else {
      sendError(response, { status: 400, message: 'The scenario has no turn left for this request.' });
      record.outcome = 'no turn left';
    }
    for (const look of waiters) look();
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      if (request.method === 'POST' && path === '/v1/messages') {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        answerMessages(body, request, response).catch((error: unknown) => response.destroy(error as Error));
      } else if (path === '/v1/messages/count_tokens') sendJson(response, 200, { input_tokens: 1000 });
      else if (path === '/v1/models') sendJson(response, 200, { data: [], has_more: false });
      else if (path === '/' || request.method === 'HEAD') response.writeHead(200).end();
      else {
        unexpected.push(`${request.method} ${path}`);
        sendError(response, { status: 404 });
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    unexpected,
    use(next) {
      scenario = next;
      uses = new Map();
    },
    waitFor(fits, ms = 60_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiters.delete(look);
          reject(new Error(`No such request within ${ms} ms; ${requests.length} arrived.`));
        }, ms);
        const look = () => {
          const found = requests.find(fits);
          if (!found) return;
          clearTimeout(timer);
          waiters.delete(look);
          resolve(found);
        };
        waiters.add(look);
        look();
      });
    },
    stop() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
