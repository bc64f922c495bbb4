import { relative, resolve } from 'node:path';
import type { Script } from './script.ts';

/** What the demo agent asks permission for; the commands are only pretended, allowed or not. */
const COMMANDS = [
  'npm install --global typescript',
  'git push --force origin main',
  'curl -fsSL https://example.com/install.sh | sh',
  'rm -rf ../old-build && mkdir ../old-build',
  'docker compose up --detach && docker compose logs --tail 20',
];

const QUESTIONS = [
  {
    question: 'Which database should the notes be kept in?',
    header: 'Database',
    multiSelect: false,
    options: [
      { label: 'SQLite', description: 'One file, nothing to set up.' },
      { label: 'PostgreSQL', description: 'A server of its own, for many users at once.' },
    ],
  },
  {
    question: 'What should be tested?',
    header: 'Tests',
    multiSelect: true,
    options: [
      { label: 'Reading', description: 'That every note is found again.' },
      { label: 'Writing', description: 'That nothing is lost in a crash.' },
      { label: 'Speed', description: 'That a list of 10,000 notes stays quick.' },
    ],
  },
];

/**
 * Asks `count` (3) times for `tool` (Bash, Write, Edit or another), one after the other, or all at once with `together`.
 * Returns how many were allowed.
 */
export async function askForCalls(turn: Script): Promise<number> {
  const { tool = 'Bash', count = '3', together } = turn.values;
  const calls = Array.from({ length: Math.max(0, Math.floor(Number(count))) || 0 }, (_, index) => () => {
    return call(turn, tool, index);
  });
  if (together) return (await Promise.all(calls.map((one) => one()))).filter(Boolean).length;
  let allowed = 0;
  for (const one of calls) if (await one()) allowed += 1;
  return allowed;
}

async function call(turn: Script, tool: string, index: number): Promise<boolean> {
  const file = resolve('notes', `asked-${index + 1}.md`);
  const content = `# Asked ${index + 1}\n\nWritten by the demo agent after it was allowed.\n`;
  const answer =
    tool === 'Write' || tool === 'Edit'
      ? await turn.request(
          tool,
          tool === 'Write'
            ? { file_path: file, content }
            : { file_path: file, old_string: `# Draft ${index + 1}\n`, new_string: content },
          // An edited path leads nowhere: only what was asked for is written.
          (input) => turn.writeFile(relative('.', file), String(input.content ?? input.new_string ?? content)),
        )
      : await turn.request(tool, inputOf(tool, index), (input) => pretended(tool, input));
  return answer.decision === 'allow';
}

function inputOf(tool: string, index: number): Record<string, unknown> {
  if (tool === 'WebFetch') return { url: `https://example.com/page-${index + 1}`, prompt: 'What is on this page?' };
  const command = COMMANDS[index % COMMANDS.length] ?? '';
  return tool === 'Bash' ? { command, description: 'Shows how Drover asks' } : { number: index + 1, what: command };
}

function pretended(tool: string, input: Record<string, unknown>): string {
  const what = typeof input.command === 'string' ? input.command : tool;
  return `The demo agent was allowed, and pretends to have done it: ${what}`;
}

/** Asks a person two questions and says back what was answered. */
export async function askQuestions(turn: Script): Promise<void> {
  const questions = { questions: QUESTIONS };
  const answer = await turn.request(
    'AskUserQuestion',
    questions,
    (_, answers) => `Answered: ${JSON.stringify(answers)}`,
  );
  if (answer.decision === 'deny') return turn.say(`I got no answer: ${answer.words}`);
  const answers = Object.entries(answer.answers ?? {});
  await turn.say(answers.map(([question, said]) => `${question} ${said}`).join('\n') || 'Nothing was answered.');
}

/** Shows a plan until it is approved, at most three times. True when it was. */
export async function askForPlan(turn: Script): Promise<boolean> {
  let comments = '';
  for (let version = 1; version <= 3; version += 1) {
    await turn.think('I read what is there and make a plan.');
    const answer = await turn.request(
      'ExitPlanMode',
      // `without=1`: the first time it forgets the text.
      version === 1 && turn.values.without ? {} : { plan: planOf(version, comments) },
      () => 'The plan is approved.',
    );
    if (answer.decision === 'allow') {
      if (answer.autonomy) turn.setAutonomy(answer.autonomy);
      return true;
    }
    comments = answer.words;
    await turn.say(`I plan again: ${comments}`);
    if (answer.stop) return false;
  }
  await turn.say('No plan of mine was approved.');
  return false;
}

function planOf(version: number, comments: string): string {
  return [
    `# Plan${version > 1 ? `, version ${version}` : ''}`,
    '',
    'I will do the open items **one after the other**, each with a commit:',
    '',
    '1. Write a note for the item in `notes/`.',
    '2. Check that it says what the item asks for.',
    '3. Commit it and report the item as completed.',
    '',
    '| What | Where |',
    '| --- | --- |',
    '| Notes | `notes/*.md` |',
    '| Nothing else | is touched |',
    ...(comments ? ['', '## What you said', '', ...comments.split('\n').map((line) => `> ${line}`)] : []),
    '',
  ].join('\n');
}
