import type { ToolCall } from '../../src/contract/run/tool-call.ts';
import { callOf } from '../../src/core/backends/claude/tool-call.ts';

/** A call of a tool as Claude Code makes it, as it is judged and shown. */
export function claudeCall(
  tool: string,
  input: Record<string, unknown>,
  blockedPath: string | null = null,
): { call: ToolCall; input: Record<string, unknown>; blockedPath: string | null } {
  return { call: callOf(tool, input), input, blockedPath };
}
