import type { TurnError } from '../../../contract/run/events.ts';
import { TOOL_SERVER } from './arguments.ts';
import { type Message, record, records, text, texts } from './protocol.ts';

/** What keeps an agent from working however often it is sent back: it is told as the cause, with what a person can do. */
const permanent = (code: string, words: string, hint: string): TurnError => ({
  class: 'permanent',
  code,
  words,
  hint,
});

/** Why a hook of the user keeps the prompt from the model, from an `informational` message; null for all others. */
export function blockedPrompt(message: Message): string | null {
  if (message.type !== 'system' || message.subtype !== 'informational') return null;
  const outcome = record(message.prompt_submit_outcome);
  if (outcome.kind !== 'blocked_by_hook' && outcome.kind !== 'stopped_by_hook') return null;
  return text(outcome.reason) ?? 'no reason given';
}

export function promptBlocked(reason: string): TurnError {
  return permanent(
    'prompt-blocked',
    `A hook in the settings of Claude Code kept the prompt from the model: ${reason.trim().slice(0, 500)}`,
    'Look for the hook of UserPromptSubmit in ~/.claude/settings.json or in a plugin, then resume the task.',
  );
}

export function hookStopped(): TurnError {
  return permanent(
    'hook-stopped',
    'A hook in the settings of Claude Code ended the turn.',
    'Look for a hook that answers `continue: false` in ~/.claude/settings.json or in a plugin, then resume the task.',
  );
}

/** MCP servers of a repository that is not trusted, which no version we know starts; null while there are none. */
export function untrustedServers(message: Message): TurnError | null {
  if (message.type !== 'system' || message.subtype !== 'init') return null;
  const theirs = records(message.mcp_servers).filter(({ source }) => source === 'project' || source === 'local');
  if (theirs.length === 0) return null;
  const names = theirs.map(({ name }) => text(name) ?? '?').join(', ');
  return permanent(
    'servers-untrusted',
    `Claude Code has started MCP servers of the repository although the project is not trusted: ${names}.`,
    'Update Claude Code, or trust the project if you know who wrote them; then resume the task.',
  );
}

/** Whether the agent is without our tools, from the `init` of a turn; null while it has them or still connects. */
export function missingTools(message: Message): TurnError | null {
  if (message.type !== 'system' || message.subtype !== 'init' || !Array.isArray(message.mcp_servers)) return null;
  const server = records(message.mcp_servers).find(({ name }) => name === TOOL_SERVER);
  const status = text(server?.status);
  const begin = 'Claude Code could not reach the tools of Drover, so it cannot report on items';
  if (server === undefined || status === 'disabled') {
    const hint = 'Look for what allows or forbids MCP servers in the settings of Claude Code (managed settings too).';
    return permanent('tools-missing', `${begin}: its settings leave the server out.`, hint);
  }
  if (status === 'pending') return null;
  if (status !== 'connected') {
    const hint = 'If requests go by a proxy, it must not be asked for 127.0.0.1: see NO_PROXY. Then resume the task.';
    return permanent('tools-missing', `${begin}${status === null ? '' : ` (${status})`}.`, hint);
  }
  const tools = texts(message.tools);
  if (tools.length === 0 || tools.some((tool) => tool.startsWith(`mcp__${TOOL_SERVER}__`))) return null;
  const hint = 'Look for rules that deny `mcp__drover` in the settings of Claude Code, then resume the task.';
  return permanent('tools-missing', `${begin}: a rule hides them.`, hint);
}
