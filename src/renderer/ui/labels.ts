/** What a person reads in the parts that know nothing of Drover. */
export const labels = {
  loading: 'Loading',
  parsedAs: 'Parsed as:',
  emptyArgument: '(empty)',
  quotingExample: 'npm run "my check"',
  moreLines: (count: number) => `… ${count} more ${count === 1 ? 'line' : 'lines'}`,
  picture: (alt: string, address: string) => `Picture${alt && ` “${alt}”`}, not loaded: ${address}`,
  quoting: 'How commands are written',
  quotingRule: 'Separate arguments with spaces, and quote those that contain spaces:',
  noShell: 'There is no shell: no pipes, no variables.',
  close: 'Close',
  dismiss: 'Dismiss',
  undo: 'Undo',
  copyCode: 'Copy code',
  openLink: 'Open this link?',
  openInBrowser: 'Open in browser',
  copyAddress: 'Copy address',
} as const;
