/** What people read where a session is given a goal. */
export const labels = {
  title: 'Goal of the session',
  close: 'Close; what you typed is kept',
  goal: 'Goal',
  goalExample: 'What should be done from here on',
  goalMissing: 'Say what should be done.',
  hint: 'The agent keeps what it knows of this session. Drover watches over the goal once you give the session back.',
  save: 'Save',
  giveBack: 'Save and give back',
  gone: 'This task no longer exists.',
  loading: 'Loading the task',
} as const;
