import type { IncomingHttpHeaders } from 'node:http';

/** What a scenario can ask about one request to the Messages API. */
export interface RequestFacts {
  session: string;
  /** Empty on the main thread. */
  agentId: string;
  model: string;
  stream: boolean;
  tools: string[];
  messageCount: number;
  /** All texts of the user and the assistant, oldest first, with the reminders of the program left out. */
  texts: { role: string; text: string }[];
  /** The images in all messages of the user, oldest first, as base64. */
  images: { type: string; data: string }[];
  /** The first and the newest text of the user. */
  prompt: string;
  lastPrompt: string;
  /** The results in the newest message. */
  toolResults: { id: string; tool: string; text: string; isError: boolean }[];
  system: string;
  /** The file to which the program wants the plan written; empty outside plan mode. */
  planFile: string;
}

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const records = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const string = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The content of a message, which may be a bare text, as blocks. */
function blocks(content: unknown): Json[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : records(content);
}

function textsOf(content: unknown): string[] {
  return blocks(content)
    .filter((block) => block.type === 'text')
    .map((block) =>
      string(block.text)
        .replace(/<system-reminder>[\s\S]*?<\/system-reminder>/g, '')
        .trim(),
    )
    .filter((text) => text !== '');
}

const textOf = (content: unknown): string => textsOf(content).join('\n');

/** Reads the body of `POST /v1/messages`, tolerant of everything it does not know. */
export function readFacts(body: unknown, headers: IncomingHttpHeaders): RequestFacts {
  const request = isRecord(body) ? body : {};
  const messages = records(request.messages);
  const toolNames = new Map<string, string>();
  for (const message of messages) {
    for (const block of blocks(message.content)) {
      if (block.type === 'tool_use') toolNames.set(string(block.id), string(block.name));
    }
  }
  // The CLI may put messages of role "system" after the newest one of the user.
  const newest = messages.findLast((message) => message.role !== 'system');
  const texts = messages
    .filter((message) => message.role === 'user' || message.role === 'assistant')
    .map((message) => ({ role: string(message.role), text: textOf(message.content) }))
    .filter((entry) => entry.text !== '');
  // Prompts without an answer between them come as the blocks of one message.
  const ofUser = messages.filter((message) => message.role === 'user').flatMap((message) => textsOf(message.content));
  return {
    session: string(headers['x-claude-code-session-id']),
    agentId: string(headers['x-claude-code-agent-id']),
    model: string(request.model),
    stream: request.stream === true,
    tools: records(request.tools).map((tool) => string(tool.name)),
    messageCount: messages.length,
    texts,
    images: messages
      .filter((message) => message.role === 'user')
      .flatMap((message) => blocks(message.content).filter((block) => block.type === 'image'))
      .map(({ source }) => (isRecord(source) ? source : {}))
      .map((source) => ({ type: string(source.media_type), data: string(source.data) })),
    prompt: ofUser.at(0) ?? '',
    lastPrompt: ofUser.at(-1) ?? '',
    toolResults: blocks(newest?.content)
      .filter((block) => block.type === 'tool_result')
      .map((block) => ({
        id: string(block.tool_use_id),
        tool: toolNames.get(string(block.tool_use_id)) ?? '',
        text: textOf(block.content),
        isError: block.is_error === true,
      })),
    system: textOf(request.system),
    planFile: /[^\s"'`]+\/plans\/[^\s"'`]+?\.md/.exec(JSON.stringify(messages))?.[0] ?? '',
  };
}
