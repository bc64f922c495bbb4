/** What a person reads in every part of the window. */
export const labels = {
  drover: 'Drover',
  loading: 'Loading',
  notLoaded: 'This part of the window could not be loaded',
  whyNotLoaded: 'Drover may have been updated or stopped since this window was opened. What you typed is kept.',
  reload: 'Reload the window',
  backToTasks: 'Back to tasks',
} as const;
