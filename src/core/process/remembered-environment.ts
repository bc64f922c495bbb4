import { loginEnvironment } from './environment.ts';
import { withoutOuterSession } from './outer-session.ts';

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
    asked ??= loginEnvironment({ env: withoutOuterSession(own), warn });
    return asked;
  };
}
