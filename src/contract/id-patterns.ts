/** What ids look like, apart from the schemas: the app and the page read their start without the schema library. */
export const ID_PATTERNS = {
  task: /^[abrtdwm][0-9a-z]{8}$/,
  project: /^p[0-9a-z]{8}$/,
  approval: /^q[0-9a-z]{8}$/,
} as const;
