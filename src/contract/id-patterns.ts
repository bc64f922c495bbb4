/** What ids look like, apart from the schemas: the app, the page and the command read their start without the schema library. */
export const ID_PATTERNS = {
  task: /^[abrtdwm][0-9a-z]{8}$/,
  project: /^p[0-9a-z]{8}$/,
  approval: /^q[0-9a-z]{8}$/,
  rule: /^u[0-9a-z]{8}$/,
  attachment: /^f[0-9a-z]{8}$/,
  terminal: /^k[0-9a-z]{8}$/,
  workspace: /^[abrtdwm][0-9a-z]{8}-[1-9][0-9]*$/,
  host: /^h[0-9a-z]{8}$/,
  run: /^[abrtdwm][0-9a-z]{8}\.[1-9][0-9]*$/,
  item: /^[1-9][0-9]{0,4}$/,
} as const;
