import type { ApprovalKind, ProtectedThing } from '../../../contract/approval/state.ts';
import { plural } from '../../../contract/words/measure.ts';

/** Every word that a person reads of one approval, in the window, a task and the pop-up. */
export const labels = {
  loading: 'Loading',
  allow: (kind: ApprovalKind) => (kind === 'plan' ? 'Approve plan' : kind === 'question' ? 'Answer' : 'Allow'),
  deny: (kind: ApprovalKind) => (kind === 'plan' ? 'Send back' : kind === 'question' ? 'Skip' : 'Deny'),
  askForPlan: 'Ask for the plan',
  allowTask: 'Allow for this task',
  allowProject: 'Always in this project…',
  edit: 'Edit first…',
  stop: (kind: ApprovalKind) =>
    kind === 'question' ? 'Stop task' : kind === 'plan' ? 'Send back and stop task' : 'Deny and stop task',
  more: (label: string) => `More ways to ${label.toLowerCase()}`,
  back: 'Back',
  afterPlan: 'Then work in mode',

  denyMessage: 'Message for the agent',
  denyHint: 'Why not, or what to do instead',
  planMessage: 'What should be different',
  denyKeys: 'Optional. Ctrl+Enter sends it, Escape goes back.',
  planKeys: 'Ctrl+Enter sends it, Escape goes back.',

  always: {
    project: 'Always allow in this project',
    task: 'Allow for the rest of this task',
    exactly: 'Exactly this',
    own: 'Another pattern',
    pattern: 'Pattern',
    patternHelp: 'A * at the end of a command stands for anything that follows.',
    save: 'Save rule and allow',
    earlier: (count: number) => (count === 0 ? '' : `covers ${plural(count, 'earlier request')}`),
  },

  editing: {
    fields: { command: 'Command', write: 'Content of the file', edit: 'New text', fetch: 'Address' },
    input: 'Input',
    tooLong: 'This is too long to edit here.',
    keys: 'Ctrl+Enter allows it as edited, Escape goes back.',
    save: 'Allow as edited',
  },

  view: {
    plan: 'Plan',
    noPlan: 'The agent sent no plan. Ask for it before approving anything.',
    replaces: 'Creates or overwrites this file',
    change: 'Change',
    noInput: 'The agent gave no details.',
    cut: 'Only the beginning is shown; the rest is too long. Deny it when in doubt.',
  },

  question: {
    several: (count: number) => plural(count, 'question'),
    other: 'Something else',
    otherToo: 'Something else as well',
    own: (question: string) => `Your own answer: ${question}`,
  },

  /** What would happen, as the title of what always asks. */
  protected: {
    'delete-outside': 'Delete files outside the workspace',
    'force-push': 'Push with force',
    'push-default-branch': 'Push to the default branch',
    'git-config': 'Change git’s configuration or hooks',
    'drover-data': 'Write to Drover’s own data',
    'key-files': 'Use files that may hold keys or passwords',
  } satisfies Record<ProtectedThing, string>,
  run: (programs: readonly string[], more: number) =>
    `Run ${[...programs, ...(more > 0 ? [`${more} more`] : [])].join(', ').replace(/, ([^,]*)$/, ' and $1')}`,
  aCommand: 'Run a command',

  workspace: (path: string) => `Workspace: ${path}. Click to copy.`,
  copyWorkspace: 'Copy the path of the workspace',
  copied: 'Path copied',

  popUp: {
    label: 'Approval',
    name: 'Drover',
    later: 'Later',
    laterKeys: 'Later (Esc)',
    none: 'Nothing needs you.',
    place: (count: number) => `1 of ${count}`,
    all: (count: number) => `${plural(count, 'task needs', 'tasks need')} you. Show all`,
  },
  moreInTask: (count: number) => `${count} more after this`,
} as const;
