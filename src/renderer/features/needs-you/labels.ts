import { plural } from '../../../contract/words/measure.ts';

/** Every word that a person reads of the page Needs you. */
export const labels = {
  title: 'Needs you',
  count: (tasks: number) => plural(tasks, 'task'),
  list: 'What needs you',
  more: (count: number) => `${count} more follow when these are answered.`,
  kinds: {
    command: 'Wants to run a command',
    edit: 'Wants to change a file',
    read: 'Wants to read',
    fetch: 'Wants to reach the network',
    tool: 'Wants to use a tool',
    plan: 'Plan to approve',
    question: 'Question',
    stall: 'Command waits for input',
    taken: 'You have the session',
    blocked: 'Blocked',
    failed: 'Failed',
  },
  question: 'Has a question for you',
  questions: (count: number) => `Has ${plural(count, 'question')} for you`,
  plan: 'Has a plan for you to approve',
  noPlan: 'Asks to continue without a plan',
  unblocked: 'Was unblocked and can continue',
  stall: 'A command waits for input',
  taken: 'Drover waits until you give the session back',
  noReason: 'No reason was given.',

  select: (words: string) => `Select: ${words}`,
  selected: (count: number) => `${count} selected`,
  allowAll: 'Allow all',
  denyAll: 'Deny all',
  clear: 'Clear selection',
  notAlike: 'Only requests of one kind can be allowed together.',

  tryAgain: 'Try again',
  reply: 'Reply…',
  open: 'Open task',
  hint: 'What to do',
  context: 'What it is for',
  item: (no: number, total: number) => `Item ${no} of ${total}`,
  goal: 'Goal',
  said: (when: string) => `The agent said, ${when}`,
  keys: 'J and K move, Enter opens the task',

  empty: {
    title: 'Nothing needs you',
    words: 'When an agent has a question, gets stuck or fails, you’ll find it here.',
    audit: 'View audit log',
  },
  gone: 'This no longer needs you.',
} as const;
