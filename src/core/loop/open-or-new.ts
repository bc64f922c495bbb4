import { type AgentSession, BackendFailure } from '../backends/backend.ts';
import type { ConductPorts } from './conduct.ts';

/** A session that continues where `resume`; a new one where the agent no longer knows it. Throws `BackendFailure`. */
export async function openOrNew(
  ports: ConductPorts,
  resume: boolean,
  holder?: 'person',
): Promise<{ session: AgentSession; resumed: boolean }> {
  try {
    return { session: await ports.openSession(resume, holder), resumed: resume };
  } catch (error) {
    if (!(error instanceof BackendFailure) || error.code !== 'session-unknown') throw error;
    return { session: await ports.openSession(false, holder), resumed: false };
  }
}
