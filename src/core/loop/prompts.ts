import type { Attachment } from '../../contract/attachment/state.ts';
import type { QueuedMessage } from '../../contract/run/state.ts';
import type { Item, Task } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import { limitsWords } from '../../contract/words/limit.ts';
import type { WorkChange } from './meanwhile.ts';

/**
 * Everything Drover says to an agent, in one place. The texts name the tools by the names under which the agent sees
 * them (`tools` in the options), because an agent without MCP reports with the `drover item` command instead.
 */
export interface PromptWords {
  /** Whether the agent calls our tools over MCP; otherwise it uses the command. */
  mcp: boolean;
}

type Shown = ReadonlySet<Attachment>;
const NONE: Shown = new Set();

const NOTE_SHOWN = 300;
const CHECK_SHOWN = 4000;
const CHECK_AND_REPORT =
  'If you did the work already and only forgot to report it, check that it is really there, then report it.';

/** The first prompt of a task. `shown`: the files that go with it as images. */
export function brief(task: Task, words: PromptWords, shown = NONE): string {
  const branch = task.onBranch ? 'on a branch that was there before' : 'on a branch made for this task';
  return join([
    `You are working on a task that Drover supervises. You are in a git worktree of your own, ${branch}; nobody else works in it.`,
    assignment(task, words, shown),
  ]);
}

/** What is to be done, and how. */
function assignment(task: Task, words: PromptWords, shown = NONE): string {
  return join([
    section('Goal', task.goal.trim()),
    task.attachments.length > 0 ? section('Files', `${GIVEN}\n${fileLines(task.attachments, shown)}`) : null,
    task.items.length > 0 ? section('Checklist', checklist(task.items)) : null,
    task.items.length > 0 ? section('How to report', reporting(words)) : null,
    section(
      'How it ends',
      task.items.length > 0
        ? 'Drover looks at the checklist after each of your turns, not at what you say. While an item is open, you will be sent back to it. Commit your work on this branch when an item is done; do not push, and do not switch branches.'
        : 'Commit your work on this branch when you are done; do not push, and do not switch branches. Drover ends the task when your turn ends.',
    ),
  ]);
}

/** The prompt after a turn that left items open. */
export function nudge(task: Task, open: readonly Item[], words: PromptWords): string {
  return join([
    `You ended your turn, but ${count(open.length, 'item is', 'items are')} not completed:`,
    checklist(open),
    `Continue with ${open.length === 1 ? 'it' : 'them'}. ${reportShort(words)} ${CHECK_AND_REPORT}`,
    remaining(task),
  ]);
}

/** The prompt after a check that failed although every item is completed. */
export function checkFailed(command: readonly string[], exitCode: number | null, output: string): string {
  return join([
    `Every item is completed, but the check \`${command.join(' ')}\` failed${exitCode === null ? '' : ` with exit code ${exitCode}`}. The end of its output:`,
    fence(output.length > CHECK_SHOWN ? output.slice(-CHECK_SHOWN) : output),
    'Find the cause and mend it; do not weaken the check. Drover runs it again after your turn.',
  ]);
}

/** A prompt with what has stalled since the one before it: one sentence each. */
export function withStalls(prompt: string, stalls: readonly string[]): string {
  if (stalls.length === 0) return prompt;
  return join([
    prompt,
    section('Commands that waited', stalls.map((words) => `- ${words}`).join('\n')),
    'Nobody can answer a command here. Run it so that it asks nothing, for example with `--yes`, with its input in a file, or with the answer in its arguments.',
  ]);
}

/** The prompt that carries messages from the user, with their files. `shown`: those that go with it as images. */
export function followUp(messages: readonly Pick<QueuedMessage, 'text' | 'attachments'>[], shown = NONE): string {
  const said = messages.map(({ text, attachments = [] }) =>
    attachments.length === 0 ? text : `${text}\n\nFiles with this message:\n${fileLines(attachments, shown)}`,
  );
  return said.length === 1 ? (said[0] ?? '') : said.map((text, n) => `${n + 1}. ${text}`).join('\n\n');
}

/** A message of the user with what is still open, so that work is reported and not only done. */
export function withOpen(said: string, open: readonly Item[], words: PromptWords): string {
  if (open.length === 0) return said;
  return join([
    said,
    section('Still open on the checklist', checklist(open)),
    `${reportShort(words)} ${CHECK_AND_REPORT}`,
  ]);
}

const CONTINUES = {
  recovery:
    'You were interrupted: the program that supervises you was paused or restarted. What you did so far is in the worktree. Look at its state before you repeat anything.',
  resume: 'The user asked you to continue this task. What you did so far is in the worktree.',
  returned:
    'The user had taken over this session and has given it back. They may have changed files, commits and the checklist: look at the worktree before you continue.',
};

const NEW_GOAL = 'The user has set the goal of this task. From here on, it is what counts:';

/** A goal that the agent has not been given yet, with all that goes with it. */
export function goalSet(task: Task, words: PromptWords): string {
  return join([NEW_GOAL, assignment(task, words)]);
}

/** With the brief, of a session that a person has begun. */
export const HAD_IT =
  'The user has begun this session with you and has given it to Drover: from here on, this task is what counts.';

/** What has changed while a person had the session; null where nothing has, or it is not known. */
export function meanwhile(work: WorkChange | null, items: readonly Item[]): string | null {
  const { commits, files, more } = work ?? { commits: [], files: [], more: 0 };
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? null : `${title}:\n${lines.map((text) => `- ${text}`).join('\n')}`;
  const changes = join([
    list(
      'Commits',
      commits.map((text) => truncate(text, NOTE_SHOWN)),
    ),
    list('Files', more > 0 ? [...files, `and ${count(more, 'more file', 'more files')}`] : files),
    items.length === 0 ? null : `Checklist:\n${items.map((item) => line(item)).join('\n')}`,
  ]);
  if (changes !== '') return section('Changed meanwhile', changes);
  return work === null ? null : 'No file, commit or item has changed meanwhile.';
}

/** The first prompt of a run that continues an earlier session. `unanswered`: what it had asked permission for. */
export function goOn(
  task: Task,
  why: 'resume' | 'recovery' | 'returned',
  words: PromptWords,
  unanswered: readonly string[] = [],
): string {
  const open = task.items.filter(({ status }) => status !== 'completed' && status !== 'skipped');
  const exceeded = task.run?.overLimitBefore;
  return join([
    CONTINUES[why],
    exceeded === undefined
      ? null
      : `What you had started was ended, because it used too much. ${exceeded} ${limitsNow(task)}`,
    unanswered.length > 0
      ? section(
          'Not answered',
          `You had asked for the following, and nobody answered before you were interrupted, so none of it was done. Where you still need it, ask again by making the same call.\n${unanswered.map((title) => `- ${title}`).join('\n')}`,
        )
      : null,
    task.goalIsNew ? goalSet(task, words) : null,
    open.length > 0 && !task.goalIsNew ? section('Still open', checklist(open)) : null,
    open.length > 0 && !task.goalIsNew
      ? `${why === 'resume' ? 'Whatever blocked an item that is open again is out of the way, the user says. ' : ''}${reportShort(words)} ${CHECK_AND_REPORT}`
      : null,
  ]);
}

function limitsNow({ limits }: Task): string {
  const words = limitsWords(limits);
  return words === '' ? 'There is no limit now.' : `Now you may use ${words}, everything that you start together.`;
}

/** The brief for a new session in a workspace in which an earlier one has worked. */
export function takeOver(task: Task, words: PromptWords, shown = NONE): string {
  return join([
    brief(task, words, shown),
    'An earlier session has worked on this task in this worktree, and its memory is lost. Begin by looking at what is there (`git log`, `git status`), and do not repeat what is done.',
  ]);
}

/** The prompt after a turn that an error of the service cut short. */
export function tryAgain(words: string): string {
  return `Your last turn was cut short by an error of the service (${words}). Continue where you stopped; look at the state of the worktree before you repeat anything.`;
}

const GIVEN = 'The user gave these files. Read them where they are; they are not part of the repository.';

function fileLines(files: readonly Attachment[], shown: Shown): string {
  return files
    .map((file) => `- \`${file.path}\` (${file.type}, ${file.bytes} bytes${shown.has(file) ? ', shown below' : ''})`)
    .join('\n');
}

function checklist(items: readonly Item[]): string {
  return items.map(line).join('\n');
}

function line(item: Item): string {
  const status =
    item.status === 'skipped'
      ? ' (skipped by the user, leave it)'
      : item.status === 'pending'
        ? ''
        : ` (${item.status.replace('_', ' ')}${item.reason ? `: ${item.reason}` : ''})`;
  const last = item.notes.at(-1);
  const note = last ? `\n   note: ${truncate(last.text, NOTE_SHOWN)}` : '';
  const check = item.check ? `\n   guarded by the check \`${item.check.join(' ')}\`` : '';
  return `${item.id}. ${item.text.trim().replace(/\n/g, '\n   ')}${status}${check}${note}`;
}

function reporting(words: PromptWords): string {
  return words.mcp
    ? [
        'Use the tools of the `drover` server:',
        '- `item_set` with status `in_progress` when you begin an item, and `completed` only when it is done and you have checked it;',
        '- `item_note` for what a reviewer should know;',
        '- `item_add` for work that turns out to be needed;',
        '- `task_blocked` with a reason when you cannot continue without the user; do not guess and do not fake a result;',
        '- `task_get` shows the checklist as it stands.',
      ].join('\n')
    : [
        'Use the `drover` command:',
        '- `drover item set <item> in_progress` when you begin an item, and `drover item set <item> completed` only when it is done and you have checked it;',
        '- `drover item note <item> <text>` for what a reviewer should know;',
        '- `drover item add <text>` for work that turns out to be needed;',
        '- `drover item set <item> blocked --reason <text>` when you cannot continue without the user; do not guess and do not fake a result;',
        '- `drover item list` shows the checklist as it stands.',
      ].join('\n');
}

function reportShort(words: PromptWords): string {
  return words.mcp
    ? 'Report with `item_set`: `completed` when an item is done and checked, or `task_blocked` with a reason when you cannot continue without the user.'
    : 'Report with `drover item set <item> completed` when an item is done and checked, or `drover item set <item> blocked --reason <text>` when you cannot continue without the user.';
}

function remaining(task: Task): string {
  const left = task.limits.maxRetries - (task.run?.retriesSpent ?? 0) - 1;
  if (left > 0) return `After this turn, Drover will send you back at most ${count(left, 'more time', 'more times')}.`;
  return 'This is the last time that Drover sends you back.';
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

function section(title: string, text: string): string {
  return `## ${title}\n${text}`;
}

/** A fence longer than any run of backticks inside, so that output cannot end it. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}\n${text.trimEnd()}\n${marks}`;
}

/** Paragraphs, without those that say nothing. */
export function join(parts: readonly (string | null | false)[]): string {
  return parts.filter(Boolean).join('\n\n');
}
