import type { Agent, AgentDetail, AgentLimit, Probe } from '../../contract/agent/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Backend } from '../backends/backend.ts';

/** How long a look at a backend's program is good for. */
const PROBE_MS = 5_000;

export interface AgentsDeps {
  backends: readonly Backend[];
  /** The usage limit that an agent has reached; null when none holds. */
  limitOf?: (agent: string) => AgentLimit | null;
  /** Milliseconds of a clock that only grows; left out: this machine's. */
  now?: () => number;
}

/** The agents that can be chosen: one per backend, with the backend's own model and effort. */
export interface Agents {
  /** In the order of the registry. */
  list(): Agent[];
  /** One agent with a look at its program that is at most five seconds old. Rejected as `not-found`. */
  get(name: string): Promise<Result<AgentDetail>>;
  /** What was seen of programs is no longer good: a setting says perhaps another one. */
  forget(): void;
  /** The backend that drives an agent, or null for a name that is not in the list. */
  backendOf(name: string): Backend | null;
}

export function createAgents({ backends, limitOf = () => null, now = () => performance.now() }: AgentsDeps): Agents {
  const byName = new Map(backends.map((backend) => [backend.name, backend]));
  const probes = new Map<string, { at: number; probe: Promise<Probe> }>();

  const probeOf = (backend: Backend): Promise<Probe> => {
    const known = probes.get(backend.name);
    if (known && now() - known.at < PROBE_MS) return known.probe;
    const probe = backend.probe();
    probes.set(backend.name, { at: now(), probe });
    probe.catch(() => probes.get(backend.name)?.probe === probe && probes.delete(backend.name));
    return probe;
  };

  return {
    list: () => backends.map((backend) => describeAgent(backend, limitOf(backend.name))),
    async get(name) {
      const backend = byName.get(name);
      if (!backend) {
        const names = [...byName.keys()];
        return reject('not-found', `There is no agent named “${name}”. There are: ${names.join(', ')}.`, names);
      }
      return accept({ ...describeAgent(backend, limitOf(name)), probe: await probeOf(backend) });
    },
    forget: () => probes.clear(),
    backendOf: (name) => byName.get(name) ?? null,
  };
}

function describeAgent(backend: Backend, limit: AgentLimit | null): Agent {
  return {
    name: backend.name,
    title: backend.title,
    internal: backend.internal ?? false,
    builtIn: backend.builtIn ?? false,
    description: backend.description,
    backend: backend.name,
    model: null,
    effort: null,
    capabilities: backend.capabilities,
    ...(limit === null ? {} : { limit }),
  };
}
