import { createInterface } from 'node:readline';
import type { ToolAnswer } from '../../backend.ts';
import { findDirective } from './directive.ts';
import { createMcpClient } from './mcp.ts';
import { openMemory } from './memory.ts';
import { emit } from './output.ts';
import { type OpenRequest, TOKEN_VARIABLE, type ToAgent } from './protocol.ts';
import { SCENARIOS } from './scenarios.ts';
import { playTurn, type TurnDeps, TurnFailure } from './script.ts';

/** The demo agent: a program of its own that plays scenarios over line-JSON. It ends when its stdin ends. */
const lines = createInterface({ input: process.stdin });
const questions = new Map<number, (answer: ToolAnswer) => void>();
let nextQuestion = 1;
let deps: TurnDeps | null = null;
let turn: AbortController | null = null;

lines.on('line', (line) => void handle(JSON.parse(line)));
lines.on('close', () => process.exit(0));

async function handle(message: ToAgent): Promise<void> {
  if (message.type === 'open') {
    deps = await open(message.open);
  } else if (message.type === 'prompt' && deps) {
    await prompt(deps, message.text);
  } else if (message.type === 'interrupt') {
    turn?.abort(new Error('Interrupted.'));
  } else if (message.type === 'answer') {
    questions.get(message.id)?.(message.answer);
  }
}

async function open(request: OpenRequest): Promise<TurnDeps | null> {
  const { sessionId, resume, model, stateFolder, toolsUrl } = request;
  const store = openMemory(stateFolder, sessionId, resume);
  if (!store) {
    const words = `The demo agent knows no session ${sessionId}.`;
    await emit({ type: 'refused', code: resume ? 'session-unknown' : 'failed', words });
    process.stdout.end(() => process.exit(1));
    return null;
  }
  await emit({ type: 'opened', sessionId, model });
  return { open: request, store, tools: createMcpClient(toolsUrl, process.env[TOKEN_VARIABLE] ?? ''), ask };
}

async function prompt(agent: TurnDeps, text: string): Promise<void> {
  const running = new AbortController();
  turn = running;
  const { memory } = agent.store;
  memory.directive = findDirective(text) ?? memory.directive;
  agent.store.remember(text);
  const { name } = memory.directive;
  const scenario = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  const result = await playTurn(agent, text, running.signal, scenario ?? (() => unknownScenario(name)));
  turn = null;
  await emit({ type: 'result', result });
}

async function unknownScenario(name: string): Promise<never> {
  const words = `The demo agent has no scenario “${name}”.`;
  const hint = `It has: ${Object.keys(SCENARIOS).join(', ')}.`;
  throw new TurnFailure({ class: 'permanent', code: 'demo-unknown', words, hint });
}

async function ask(question: Parameters<TurnDeps['ask']>[0], signal: AbortSignal): Promise<ToolAnswer> {
  const id = nextQuestion++;
  const withdraw = () => void emit({ type: 'withdraw', id });
  signal.addEventListener('abort', withdraw, { once: true });
  try {
    return await new Promise<ToolAnswer>((resolve, reject) => {
      questions.set(id, resolve);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      void emit({ type: 'ask', id, ...question });
    });
  } finally {
    questions.delete(id);
    signal.removeEventListener('abort', withdraw);
  }
}
