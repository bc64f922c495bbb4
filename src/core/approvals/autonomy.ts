import type { Autonomy } from '../../contract/agent/state.ts';
import { type Grounds, placeOf, resolveReal } from './paths.ts';
import { shown } from './scope.ts';
import { judgeShell } from './shell.ts';

/** A tool call to be judged. `input` is what would be executed. */
export interface Question {
  tool: string;
  input: Record<string, unknown>;
  /** A path that the agent's program itself found to be out of bounds. */
  blockedPath: string | null;
}

export interface AutonomyContext extends Grounds {
  autonomy: Autonomy;
}

/** `ask`: a person has to answer. `words` tell the agent what was not allowed and what it may do instead. */
export type AutonomyAnswer = { decision: 'allow' } | { decision: 'ask'; words: string };

type ToolRule = (question: Question, context: AutonomyContext) => string | null;

/**
 * Answers a tool call by the autonomy of its task alone: allowed, or a question for a person. What is not known is a
 * question. Pure but for `context.realpath`.
 *
 * `plan`, `ask` and `edit` let through what only reads inside the workspace; `edit` also lets files of the workspace be
 * edited; `auto` also lets commands run that stay inside the workspace, and reads of files elsewhere that hold no
 * secrets. Commands are judged by what they say, not by what the programs they start do.
 */
export function answerByAutonomy(question: Question, context: AutonomyContext): AutonomyAnswer {
  const why = refusalOf(question, context);
  return why === null ? { decision: 'allow' } : { decision: 'ask', words: `${why} ${limitsOf(context)}` };
}

function refusalOf(question: Question, context: AutonomyContext): string | null {
  if (question.tool.startsWith('mcp__drover__')) return null;
  const rule = Object.hasOwn(TOOLS, question.tool) ? TOOLS[question.tool] : undefined;
  if (!rule) return `The tool ${shown(question.tool)} needs the approval of a person, and none can be asked now.`;
  return rule(question, context) ?? judgeBlockedPath(question, context);
}

const pass: ToolRule = () => null;
const never =
  (words: string): ToolRule =>
  () =>
    words;
const reading =
  (...keys: string[]): ToolRule =>
  (question, context) =>
    judgeFiles(question, context, 'read', keys);
const writing =
  (...keys: string[]): ToolRule =>
  (question, context) =>
    judgeFiles(question, context, 'write', keys);

const NETWORK = 'This reaches into the network, which needs the approval of a person, and none can be asked now.';

/** What is known of the tools of agents. The keys are those of a path in the input. */
const TOOLS: Readonly<Record<string, ToolRule>> = {
  Read: reading('file_path', 'path'),
  NotebookRead: reading('notebook_path'),
  LS: reading('path'),
  Glob: reading('path', 'pattern'),
  Grep: reading('path', 'glob'),
  Write: writing('file_path', 'path'),
  Edit: writing('file_path', 'path'),
  MultiEdit: writing('file_path', 'path'),
  NotebookEdit: writing('notebook_path'),
  Bash: judgeBash,
  // What these start is asked about call by call.
  Agent: pass,
  Task: pass,
  Skill: pass,
  // The agent's own lists and state.
  TodoWrite: pass,
  TaskCreate: pass,
  TaskGet: pass,
  TaskList: pass,
  TaskUpdate: pass,
  TaskStop: pass,
  TaskOutput: pass,
  BashOutput: pass,
  KillShell: pass,
  ToolSearch: pass,
  ListAgents: pass,
  EnterPlanMode: pass,
  ReportFindings: pass,
  WebFetch: never(NETWORK),
  WebSearch: never(NETWORK),
  ExitPlanMode: never('The plan is in the log for a person to read; nobody can approve it now. End your turn.'),
  AskUserQuestion: never(
    'Nobody can answer now. Decide by yourself where the goal leaves room, or report the item as blocked with your question.',
  ),
};

function judgeFiles(
  { tool, input }: Question,
  context: AutonomyContext,
  use: 'read' | 'write',
  keys: readonly string[],
): string | null {
  const { autonomy } = context;
  if (use === 'write' && (autonomy === 'plan' || autonomy === 'ask')) {
    return `${tool} changes a file, which needs the approval of a person, and none can be asked now.`;
  }
  const paths = keys.flatMap((key) => (input[key] === undefined || input[key] === null ? [] : [input[key]]));
  // Without a path these tools work on the working directory; one that writes always has a path.
  if (use === 'write' && paths.length !== 1) return `${tool} without a path cannot be judged.`;
  for (const path of paths) {
    if (typeof path !== 'string' || path.includes('\0')) return `${tool} with a path that is no text cannot be judged.`;
    const why = judgeFile(path, context, use);
    if (why) return why;
  }
  return null;
}

function judgeFile(path: string, context: AutonomyContext, use: 'read' | 'write'): string | null {
  const written = path === '~' || path.startsWith('~/') ? context.home + path.slice(1) : path;
  const wildcard = written.search(/[*?[{]/);
  // Behind a wildcard `..` could lead anywhere.
  if (use === 'read' && wildcard >= 0 && written.slice(wildcard).includes('..'))
    return notAllowed('Reading', path, 'outside the workspace');
  const fixed = use === 'read' && wildcard >= 0 ? written.slice(0, written.lastIndexOf('/', wildcard) + 1) : written;
  const real = resolveReal(fixed, context.workspace, context.realpath);
  const verb = use === 'read' ? 'Reading' : 'Changing';
  switch (placeOf(real, context)) {
    case 'inside':
      return null;
    case 'guarded':
      return use === 'read' ? null : notAllowed(verb, real, 'part of what decides what runs in this workspace');
    case 'device':
    case 'outside':
      return use === 'read' && context.autonomy === 'auto' ? null : notAllowed(verb, real, 'outside the workspace');
    case 'secret':
      return notAllowed(verb, real, 'outside the workspace and may hold secrets');
  }
}

function notAllowed(verb: string, path: string, place: string): string {
  return `${verb} ${shown(path)} needs the approval of a person, because it is ${place}; none can be asked now.`;
}

function judgeBash({ input }: Question, context: AutonomyContext): string | null {
  if (typeof input.command !== 'string') return 'A command that is no text cannot be judged.';
  if (input.dangerouslyDisableSandbox === true)
    return 'Leaving the sandbox needs the approval of a person, and none can be asked now.';
  const { refusal, effect } = judgeShell(input.command, context, context.autonomy);
  if (refusal !== null) return `This command needs the approval of a person, and none can be asked now: ${refusal}.`;
  if (effect === 'change' && context.autonomy !== 'auto') {
    return 'This command may change something, which needs the approval of a person, and none can be asked now.';
  }
  return null;
}

/** The program's own doubts count for paths as well; for a command they are answered by reading the command. */
function judgeBlockedPath({ tool, blockedPath }: Question, context: AutonomyContext): string | null {
  if (blockedPath === null || tool === 'Bash') return null;
  return judgeFile(blockedPath, context, TOOLS[tool] && READING.has(tool) ? 'read' : 'write');
}

const READING = new Set(['Read', 'NotebookRead', 'LS', 'Glob', 'Grep']);

/** What the agent may do, in words for the agent. */
function limitsOf({ autonomy, workspace }: AutonomyContext): string {
  const instead = {
    plan: `This task has the autonomy “plan”: you may read files in ${workspace} and say what you would do, but change nothing.`,
    ask: `This task has the autonomy “ask”: you may read files in ${workspace}, and every change is a question.`,
    edit: `This task has the autonomy “edit”: you may read and edit files in ${workspace} with the file tools; commands that change something are a question.`,
    auto: `This task has the autonomy “auto”: everything that stays inside ${workspace} passes. Find a way inside it, with plain paths and no names that are only known when a command runs.`,
  }[autonomy];
  return `${instead} If you cannot go on without it, report the item as blocked and say what you need.`;
}
