import { parseArgs } from 'node:util';
import { createScope, type Scope } from '../src/core/base/scope.ts';
import { createTempFolder } from '../test/support/temp.ts';
import { approvals } from './approvals.ts';
import type { Bench } from './bench.ts';
import { checkpoints } from './checkpoints.ts';
import { desktop } from './desktop.ts';
import { events } from './events.ts';
import { flood } from './flood.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import { items } from './items.ts';
import { parallel } from './parallel.ts';
import { allMet, type BenchResult, describeResults } from './report.ts';
import { start } from './start.ts';
import { subscriber } from './subscriber.ts';
import { takeOver } from './take-over.ts';
import { terminal } from './terminal.ts';
import { terminalFlood } from './terminal-flood.ts';
import { turns } from './turns.ts';
import { window } from './window.ts';

const BENCHES: readonly Bench[] = [
  start,
  turns,
  checkpoints,
  items,
  events,
  subscriber,
  parallel,
  flood,
  history,
  idle,
  window,
  desktop,
  approvals,
  takeOver,
  terminal,
  terminalFlood,
];

const USAGE = `npm run bench [-- options]
  --only <name>   one bench; may be given more than once: ${BENCHES.map(({ name }) => name).join(', ')}
  --quick         shorter and smaller, to see that everything runs
  --json          the results as JSON instead of a table
`;

/** Exit codes: 0 every limit kept, 1 one missed or a bench broke, 3 bad input, 130 interrupted. */
async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${USAGE}`);
    return 3;
  }
  if (process.platform !== 'linux') {
    process.stderr.write('The benches read /proc and run on Linux only.\n');
    return 3;
  }
  const results: BenchResult[] = [];
  for (const bench of options.benches) {
    process.stderr.write(`${bench.name} ...`);
    const result = await runBench(bench, options.quick);
    process.stderr.write(` ${result.seconds.toFixed(0)} s\n`);
    if (result.leftOut !== null) process.stderr.write(`${bench.name} was left out: ${result.leftOut}.\n`);
    if (result.problem !== null) process.stderr.write(`${result.problem}\n`);
    results.push(result);
  }
  const met = allMet(results);
  process.stdout.write(options.json ? `${JSON.stringify({ met, results }, null, 2)}\n` : describeResults(results));
  return met ? 0 : 1;
}

/** The options, or a sentence on what is wrong with them. */
function readOptions(): { benches: readonly Bench[]; quick: boolean; json: boolean } | string {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const { only, quick, json } = values;
    const unknown = only?.find((name) => !BENCHES.some((bench) => bench.name === name));
    if (unknown !== undefined) return `There is no bench ${unknown}.`;
    return { benches: BENCHES.filter(({ name }) => only?.includes(name) ?? true), quick, json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Longer than the longest bench by far: what hangs is broken. */
const GIVE_UP_MS = 10 * 60 * 1000;

let open: Scope | null = null;

async function runBench(bench: Bench, quick: boolean): Promise<BenchResult> {
  const began = performance.now();
  const result: BenchResult = { bench: bench.name, figures: [], leftOut: null, problem: null, seconds: 0 };
  const scope = createScope();
  open = scope;
  try {
    const folder = await createTempFolder('drover-bench-');
    scope.add(folder.remove);
    const measured = await Promise.race([bench.run({ quick, folder: folder.path, scope }), givenUp()]);
    if ('leftOut' in measured) result.leftOut = measured.leftOut;
    else result.figures = measured;
  } catch (error) {
    result.problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  await scope.close().catch((error: Error) => {
    result.problem ??= error.message;
  });
  open = null;
  result.seconds = (performance.now() - began) / 1000;
  return result;
}

function givenUp(): Promise<never> {
  return new Promise((_, fail) => {
    const words = `It was not done after ${GIVE_UP_MS / 60_000} minutes.`;
    setTimeout(() => fail(new Error(words)), GIVE_UP_MS).unref();
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void (open?.close() ?? Promise.resolve()).finally(() => process.exit(130)));
}

// What a bench that was given up may still hold open must not hold us.
process.exit(await main());
