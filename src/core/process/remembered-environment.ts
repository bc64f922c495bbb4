import { loginEnvironment } from './environment.ts';

/**
 * The login environment of this host, asked for once, when first needed. `own` is the host's own environment; `warn` is
 * told in a sentence when the shell did not answer.
 */
export function rememberEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  warn: (words: string) => void,
): () => Promise<Record<string, string>> {
  let asked: Promise<Record<string, string>> | null = null;
  return () => {
    asked ??= loginEnvironment({ env: withoutGaps(own), warn });
    return asked;
  };
}

function withoutGaps(own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
