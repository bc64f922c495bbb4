const HIDDEN = '***';
const MOST_DEPTH = 6;
const MOST_TEXT = 16 * 1024;

/** Keys whose values are secrets, whatever they look like; `authToken` is read as `auth_token`. */
const SECRET_KEY = /(^|[-_.])(token|authorization|password|passwd|secret|cookie|api[-_]?key)s?$/;

/** What looks like a secret anywhere in a text: the rest of the match after the first group is hidden. */
const SECRET_TEXTS = [
  /(\bBearer\s+)[\w.~+/=-]{6,}/gi,
  /(\bsk-)[\w-]{8,}/g,
  /(\bgh[pousr]_)\w{16,}/g,
  /([?&](?:t|token|key|api_key)=)[^&\s"']+/gi,
  /(\b(?:[A-Z0-9]+_)*(?:TOKEN|API_KEY|PASSWORD|SECRET)=)\S+/g,
  /(:\/\/[^/\s:@]+:)[^/\s@]+(?=@)/g,
];

/**
 * A copy of a value for the log, with secrets hidden: by the name of their key, by their look, and those in `known`
 * wherever they stand. Errors become plain objects with their causes; what is too deep or too long is cut.
 */
export function mask(value: unknown, known: ReadonlySet<string>, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value, known);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (depth >= MOST_DEPTH) return '…';
  const inner = (part: unknown) => mask(part, known, depth + 1);
  if (value instanceof Error) {
    const { name, message, stack, cause, ...rest } = value;
    const own = Object.entries({ ...rest, ...(cause === undefined ? {} : { cause }) });
    return { name, message: inner(message), stack: inner(stack), ...maskEntries(own, inner) };
  }
  if (Array.isArray(value)) return value.slice(0, 100).map(inner);
  return maskEntries(Object.entries(value), inner);
}

function maskEntries(entries: [string, unknown][], inner: (part: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(entries.map(([key, part]) => [key, isSecret(key, part) ? HIDDEN : inner(part)]));
}

/** Numbers are counts (`inputTokens`), never secrets. */
function isSecret(key: string, part: unknown): boolean {
  if ((typeof part !== 'string' && typeof part !== 'object') || part === null) return false;
  return SECRET_KEY.test(key.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase());
}

export function maskText(text: string, known: ReadonlySet<string>): string {
  let masked = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
  for (const secret of known) masked = masked.replaceAll(secret, HIDDEN);
  for (const pattern of SECRET_TEXTS) masked = masked.replace(pattern, `$1${HIDDEN}`);
  return masked;
}
