import type { LandingHow } from '../../src/contract/landing/state.ts';
import type { Project } from '../../src/contract/project/state.ts';
import { openLandings } from './landings.ts';
import { GIT_ENVIRONMENT } from './repository.ts';

/** What a host that is going to be killed lands, or undoes; given as JSON in its only argument. */
export interface LandingJob {
  dataFolder: string;
  project: Project;
  taskId: string;
  /** Null undoes. */
  how: LandingHow | null;
  touchCheckout: boolean;
  /** The git that kills it. */
  git: string;
}

const { how, git, taskId, touchCheckout, ...world } = JSON.parse(process.argv[2] ?? '') as LandingJob;
const host = await openLandings({
  ...{ ...world, env: GIT_ENVIRONMENT },
  gitProgram: () => ({ argv: [git], where: 'the test' }),
});
const done =
  how === null
    ? await host.landings.undo({ taskId, touchCheckout })
    : await host.landings.land({ taskId, how, touchCheckout });
process.stdout.write(`${JSON.stringify(done)}\n`);
await host.close();
