import { type AgentSession, type Backend, BackendFailure } from '../backends/backend.ts';
import type { UserEnvironment } from '../process/user-environment.ts';

const HINT =
  'See what its start-up files do, or say in the settings where the program is; Drover asks the shell again automatically.';

/**
 * `backend`, of which a program that is not found is looked for once more after the login shell was asked again: it may
 * have been installed since, or the shell may have been too slow before. When its environment is not known, that is told
 * as the cause, and a session that begins all the same begins with a notice. `environment` is what agents get.
 */
export function lookingAgain(
  backend: Backend,
  user: Pick<UserEnvironment, 'again' | 'problem' | 'isOwn'>,
  environment: () => Promise<Record<string, string>>,
): Backend {
  if (!backend.capabilities.process) return backend;
  return {
    ...backend,
    async probe() {
      const first = await backend.probe();
      if (first.available || first.program !== null) return first;
      const found = (await user.again()) ? await backend.probe() : first;
      const problem = user.problem();
      if (found.available || found.program !== null || problem === null) return found;
      return { ...found, problem: `${found.problem ?? 'It was not found.'} ${problem}`, hint: HINT };
    },
    async open(options, signal) {
      const before = await environment();
      let session: AgentSession;
      try {
        session = await backend.open(options, signal);
      } catch (error) {
        if (!(error instanceof BackendFailure) || error.code !== 'missing') throw explained(error);
        if (!(await user.again())) throw explained(error);
        const env = { ...(await environment()), ...added(options.env, before) };
        try {
          session = await backend.open({ ...options, env }, signal);
        } catch (second) {
          throw explained(second);
        }
      }
      const words = user.isOwn() ? user.problem() : null;
      if (words !== null) options.report.entry({ type: 'notice', level: 'warning', code: 'login-shell', words });
      return session;
    },
  };

  function explained(error: unknown): unknown {
    const problem = user.problem();
    if (!(error instanceof BackendFailure) || problem === null) return error;
    if (error.code === 'missing') return new BackendFailure(error.code, `${error.message} ${problem}`, HINT);
    return user.isOwn() ? new BackendFailure(error.code, `${error.message} ${problem}`, error.hint) : error;
  }
}

/** What a run has on top of the environment it was made from. */
function added(
  env: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => before[name] !== value));
}
