import { createInterface } from 'node:readline';
import type { FromAgent, ToAgent } from '../../src/core/backends/demo/agent/protocol.ts';

/**
 * An agent program that speaks the demo agent's protocol and yields at once. As its input tokens it reports the
 * microseconds from the end of the turn before to this prompt: that costs nothing, and the log carries it out.
 */
let yieldedAt: number | null = null;

createInterface({ input: process.stdin }).on('line', (line) => {
  const message: ToAgent = JSON.parse(line);
  if (message.type === 'open') {
    write({ type: 'opened', sessionId: message.open.sessionId, model: null });
  } else if (message.type === 'prompt') {
    const gap = yieldedAt === null ? 0 : Math.round((performance.now() - yieldedAt) * 1000);
    const usage = { inputTokens: gap, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
    yieldedAt = performance.now();
    write({ type: 'result', result: { result: 'ok', error: null, usage, costUsd: 0, retryAfterMs: null } });
  }
});

function write(message: FromAgent): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
