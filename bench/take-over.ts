import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERSON } from '../src/core/core-api.ts';
import { createClaudeHost } from '../test/support/claude-host.ts';
import { must } from '../test/support/host.ts';
import type { RequestFacts } from '../test/support/scripted-api/facts.ts';
import { always, script } from '../test/support/scripted-api/scenario.ts';
import { clientOf, wayTo } from '../test/support/terminal-client.ts';
import { until } from '../test/support/until.ts';
import type { Bench } from './bench.ts';
import { p95, spread } from './support/statistics.ts';

const PROMPT_MS = 1_500;
const OWN_START_MS = 300;
/** How the interactive program shows that it takes input. */
const PROMPT = /❯/;

const said = (words: string) => (facts: RequestFacts) => facts.lastPrompt.includes(words);

/**
 * Stepping into the session of a task and out again, with the real Claude Code and a scripted model: from the call to the
 * prompt in the terminal, and from giving back to the next turn, beside what the agent's own start takes of that.
 */
export const takeOver: Bench = {
  name: 'take-over',
  async run({ quick, scope }) {
    const host = await createClaudeHost(() =>
      script(
        { when: said('has given it back'), steps: [{ stall: true }] },
        { when: said('REMEMBER'), steps: [{ text: 'I do.\n' }, { stall: true }] },
        always('Done.'),
      ),
    );
    scope.add(host.remove);
    // Used in a terminal before: else it would ask how it should look.
    writeFileSync(join(host.home, '.claude.json'), '{"hasCompletedOnboarding":true}');
    const { drover, api } = host;
    const { sessions, terminals, tasks } = drover.core.api;
    const taking: number[] = [];
    const giving: number[] = [];
    const whole: number[] = [];
    for (let round = 0; round < (quick ? 2 : 10); round += 1) {
      const { id } = await host.start({ goal: 'REMEMBER it.', items: [{ text: 'one' }] });
      const { sessionId } = await drover.event(id, 'session.started');
      await api.waitFor((request) => request.session === sessionId);

      const asked = performance.now();
      must(await sessions.takeOver({ taskId: id, now: true }, PERSON));
      const terminal = await until(async () => must(await terminals.list({ taskId: id }, PERSON))[0], 'the terminal');
      const client = clientOf(
        wayTo((carrier) => {
          const line = drover.core.terminals.serve(carrier, PERSON);
          if (line === null) throw new Error('Terminals are closed to a person.');
          return line;
        }),
        { terminalId: terminal.id },
      );
      await client.until(PROMPT);
      taking.push(performance.now() - asked);
      await drover.event(id, 'phase.changed', ({ phase }) => phase === 'taken');

      const before = (await drover.log(id)).at(-1)?.seq ?? 0;
      const back = performance.now();
      const backAt = Date.now();
      must(await sessions.giveBack({ taskId: id }, PERSON));
      await api.waitFor((request) => request.session === sessionId && said('has given it back')(request));
      whole.push(performance.now() - back);
      const log = (await drover.log(id)).filter(({ seq }) => seq > before);
      const at = (wanted: (words: string | null, type: string) => boolean) =>
        log.find(({ event }) => wanted('words' in event ? event.words : null, event.type))?.at ?? Number.NaN;
      const starts = at((words) => words?.startsWith('Starts the agent') ?? false);
      const started = at((_, type) => type === 'agent.started');
      const sends = at((_, type) => type === 'turn.requested');
      giving.push(starts - backAt + (sends - started));
      must(await tasks.stop({ taskId: id }, PERSON));
      await drover.settled(id);
    }
    return [
      {
        what: 'take over to the prompt of the session in its terminal',
        measured: p95(taking),
        unit: 'ms',
        limit: PROMPT_MS,
        comparison: 'at most',
        note: `p95 of ${spread(taking)}`,
      },
      {
        what: 'give back to the next turn, over the agent’s own start',
        measured: p95(giving),
        unit: 'ms',
        limit: OWN_START_MS,
        comparison: 'at most',
        note: `p95 of ${spread(giving)}; with the start of the agent, to the model’s first request: ${spread(whole)}`,
      },
    ];
  },
};
