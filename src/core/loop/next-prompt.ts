import type { Attachment } from '../../contract/attachment/state.ts';
import type { PromptKind } from '../../contract/run/events.ts';
import type { QueuedMessage } from '../../contract/run/state.ts';
import { openItems } from '../../contract/task/derive.ts';
import type { Task } from '../../contract/task/state.ts';
import type { Meanwhile } from './hand-over.ts';
import * as prompts from './prompts.ts';
import { shownImages } from './shown-images.ts';

interface Words extends prompts.PromptWords {
  /** Whether the agent takes images with a prompt. */
  images: boolean;
  /** Whether a text begins with a command of the agent's own. */
  isCommand(text: string): boolean;
}

/** What the agent gets for a turn: the text, and the images that go with it. */
export interface Prompt {
  kind: PromptKind;
  text: string;
  messageIds: string[];
  images: readonly Attachment[];
}

/** A prompt that carries nothing from a person. */
export function plainPrompt(kind: PromptKind, text: string): Prompt {
  return { kind, text, messageIds: [], images: [] };
}

interface First {
  task: Task;
  /** The session of an earlier run continues. */
  resumed: boolean;
  words: Words;
  unanswered(): readonly string[];
}

/** The first prompt of a session. */
export function firstPrompt({ task, resumed, words, unanswered }: First): Prompt {
  const messageIds = task.messages.map((message) => message.id);
  const messages = messagesOf(task);
  const recovery = task.run?.mode === 'recovery' || (task.run?.turns ?? 0) > 0;
  if (resumed && messages.length > 0 && !recovery && !task.goalIsNew) {
    return { kind: 'follow-up', messageIds, ...saidPrompt(task, messages, words) };
  }
  const given = filesOf(messages);
  // An agent that begins knows nothing of the files of its task.
  const images = shownImages(resumed ? given : [...given, ...before(task, given)], words);
  const shown = new Set(images);
  const first = { ...task, attachments: before(task, given) };
  const opening = resumed
    ? prompts.goOn(task, recovery ? 'recovery' : 'resume', words, unanswered())
    : isNew(task)
      ? prompts.brief(first, words, shown)
      : prompts.takeOver(first, words, shown);
  const text = messages.length === 0 ? opening : `${opening}\n\n${prompts.followUp(messages, shown)}`;
  return { kind: resumed ? 'continue' : 'brief', text, messageIds, images };
}

/** The first prompt after a person had the session: it may be the first of all. */
export function returnedPrompt({ task, resumed, words, unanswered }: First, meanwhile: Meanwhile): Prompt {
  const { work, items } = meanwhile;
  const hasBrief = !resumed || isNew(task);
  // What it is given whole is no change to it.
  const isWhole = hasBrief || task.goalIsNew === true;
  const hasChanged = work !== null && work.commits.length + work.files.length > 0;
  const changed = isWhole ? hasChanged && prompts.meanwhile(work, []) : prompts.meanwhile(work, items);
  if (hasBrief) {
    const first = firstPrompt({ task, resumed: false, words, unanswered });
    const text = prompts.join([first.text, resumed ? prompts.HAD_IT : null, changed]);
    return { ...first, kind: resumed ? 'continue' : 'brief', text };
  }
  const messages = messagesOf(task);
  const images = shownImages(filesOf(messages), words);
  const said = messages.length === 0 ? null : prompts.followUp(messages, new Set(images));
  const text = prompts.join([prompts.goOn(task, 'returned', words), changed, said]);
  return { kind: 'continue', text, messageIds: task.messages.map((message) => message.id), images };
}

/** All that waits. Those of a turn that did not end well are said again: the agent may never have read them. */
function messagesOf(task: Task): QueuedMessage[] {
  return [...(task.run?.carried ?? []), ...task.messages];
}

/** Whether no agent has been asked anything of this task. */
function isNew({ run }: Task): boolean {
  return (run?.mode === 'fresh' || run?.mode === 'rerun') && run.turns === 0;
}

/** The same for an agent that may not know the goal as it is now, whatever the prompt was for. */
export function withGoal(prompt: Prompt, task: Task, words: Words): Prompt {
  if (!task.goalIsNew || prompt.text.includes(task.goal.trim())) return prompt;
  return { ...prompt, text: prompts.join([prompts.goalSet(task, words), prompt.text]) };
}

/** The prompt that brings queued messages, or a goal that was set without the agent having been handed back. */
export function messagesPrompt(task: Task, words: Words): Prompt {
  // What was sent at once goes alone; the rest is for the turn after it.
  const now = task.messages.filter((message) => message.now);
  const messages = now.length > 0 ? now : task.messages;
  const messageIds = messages.map((message) => message.id);
  return { kind: 'follow-up', messageIds, ...saidPrompt(task, messages, words) };
}

function saidPrompt(task: Task, messages: readonly QueuedMessage[], words: Words) {
  const images = shownImages(filesOf(messages), words);
  const [first] = messages;
  // Whatever stood behind it would be taken for its arguments.
  const isAlone = messages.length === 1 && !task.goalIsNew;
  if (first && isAlone && words.isCommand(first.text)) return { text: first.text, images };
  const said = prompts.followUp(messages, new Set(images));
  if (task.goalIsNew) return { text: prompts.join([prompts.goalSet(task, words), said]), images };
  return { text: prompts.withOpen(said, openItems(task.items), words), images };
}

const filesOf = (messages: readonly QueuedMessage[]) => messages.flatMap(({ attachments }) => attachments ?? []);

/** The files of a task but for those that are still to be said with their messages. */
function before(task: Task, given: readonly Attachment[]): Attachment[] {
  const ids = new Set([...given, ...filesOf(task.messages)].map(({ id }) => id));
  return task.attachments.filter(({ id }) => !ids.has(id));
}
