import type { Autonomy } from '../../../contract/agent/state.ts';
import { type CallOf, fileUse, type ToolCall } from '../../../contract/run/tool-call.ts';
import type { Part } from '../shell/parts.ts';
import { type Grounds, LONGEST_PATH } from '../shell/paths.ts';
import { NETWORK, shown } from '../shell/reach.ts';
import { readCommand } from '../shell/read-command.ts';
import { filesOf, type Judged, type NamedFile, nameFile } from './files.ts';

/** A tool call to be judged and shown. `input` is what would be executed, and `call` what it is. */
export interface Question extends Judged {
  input: Record<string, unknown>;
}

export interface AutonomyContext extends Grounds {
  autonomy: Autonomy;
}

/** `ask`: a person has to answer. `why` is the end of a sentence: what it is that is not allowed. `words` tell the agent. */
export type AutonomyAnswer = { decision: 'allow' } | { decision: 'ask'; why: string; words: string };

/**
 * Answers a tool call by the autonomy of its task alone: allowed, or a question for a person. What is not known is a
 * question. Pure but for `context.realpath`.
 *
 * `plan`, `ask` and `edit` let through what only reads inside the workspace; `edit` also lets files of the workspace be
 * edited; `auto` also lets commands run that stay inside the workspace, and reads of files elsewhere that hold no
 * secrets. Commands are judged by what they say, not by what the programs they start do.
 */
export function answerByAutonomy(question: Judged, context: AutonomyContext): AutonomyAnswer {
  const why = refusalOf(question, context);
  return why === null
    ? { decision: 'allow' }
    : { decision: 'ask', why, words: wordsForAgent(question.call, why, context) };
}

/** For an agent that was not allowed something: what it was, and what it may do instead. */
export function wordsForAgent({ kind }: ToolCall, why: string, context: AutonomyContext): string {
  if (kind === 'plan') return 'The plan was not approved. It is in the log for a person to read: end your turn.';
  if (kind === 'question') {
    return `Nobody has answered. Decide by yourself where the goal leaves room, or report the item as blocked with your question. ${limitsOf(context)}`;
  }
  return `This was not allowed: ${why}. ${limitsOf(context)}`;
}

function refusalOf(question: Judged, context: AutonomyContext): string | null {
  const { call } = question;
  switch (call.kind) {
    case 'checklist':
      return null;
    case 'command':
      return judgeCommand(call, context);
    case 'read':
    case 'search':
    case 'edit':
    case 'write':
      return judgeFiles(question, context);
    case 'fetch':
      return NETWORK;
    case 'plan':
      return 'the agent asks you to approve its plan';
    case 'question':
      return 'the agent has a question for you';
    case 'subagent':
      return judgeBlockedPath(question, context);
    case 'other':
      return call.harmless ? judgeBlockedPath(question, context) : unknown(call);
    case 'mcp':
      return unknown(call);
  }
}

function unknown({ title }: ToolCall): string {
  return `the tool ${shown(title)}, which Drover does not know`;
}

function judgeFiles(question: Judged, context: AutonomyContext): string | null {
  const { kind } = question.call;
  const { autonomy } = context;
  if (fileUse(kind) === 'write' && (autonomy === 'plan' || autonomy === 'ask')) return 'changing files';
  const files = filesOf(question, context);
  if (typeof files === 'string') return files;
  return files.map((file) => judgeFile(file, context)).find((why) => why !== null) ?? null;
}

function judgeFile({ real, zone, use }: NamedFile, { autonomy }: AutonomyContext): string | null {
  const what = `${use === 'read' ? 'reading' : 'changing'} ${shown(real)}`;
  switch (zone) {
    case 'inside':
      return null;
    case 'guarded':
      return use === 'read' ? null : `${what}, which decides what runs in this workspace`;
    case 'device':
    case 'outside':
      return use === 'read' && autonomy === 'auto' ? null : `${what}, which is outside the workspace`;
    case 'secret':
      return `${what}, which is outside the workspace and may hold secrets`;
  }
}

function judgeCommand(call: CallOf<'command'>, context: AutonomyContext): string | null {
  const parts = partsOf(call, { ...context, defaultBranch: null });
  if (typeof parts === 'string') return parts;
  const doubt = parts.flatMap((part) => part.doubts)[0];
  if (doubt) return doubt.why;
  const changes = parts.some((part) => part.changes) && context.autonomy !== 'auto';
  return changes ? CHANGES : null;
}

/** Why a part is asked about that does nothing but change the workspace. */
export const CHANGES = 'running commands that may change something';

/** The parts of a shell command, or why there are none, as the end of a sentence. */
export function partsOf(
  { command, unconfined }: Pick<CallOf<'command'>, 'command' | 'unconfined'>,
  context: AutonomyContext & { defaultBranch: string | null },
): Part[] | string {
  if (command === null) return 'a command that is no text';
  if (unconfined) return 'leaving the sandbox';
  return readCommand(command, context, context);
}

/** The program's own doubts count as well, where it is no command: that is answered by reading the command. */
function judgeBlockedPath({ blockedPath }: Judged, context: AutonomyContext): string | null {
  if (blockedPath === null) return null;
  if (blockedPath.length > LONGEST_PATH) return 'a path that is too long to follow';
  const file = nameFile(blockedPath, 'write', context);
  return typeof file === 'string' ? file : judgeFile(file, context);
}

/** What the agent may do, in words for the agent. */
function limitsOf({ autonomy, workspace }: AutonomyContext): string {
  const instead = {
    plan: `This task has the autonomy “plan”: you may read files in ${workspace} and say what you would do, but change nothing.`,
    ask: `This task has the autonomy “ask”: you may read files in ${workspace}, and every change is a question.`,
    edit: `This task has the autonomy “edit”: you may read and edit files in ${workspace} with the file tools; commands that change something are a question.`,
    auto: `This task has the autonomy “auto”: everything that stays inside ${workspace} passes. Find a way inside it, with plain paths and no names that are only known when a command runs.`,
  }[autonomy];
  return `${instead} If you cannot continue without it, report the item as blocked and say what you need.`;
}
