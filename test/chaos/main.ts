// `npm run chaos -- [kills] [seed] [files]`: kills Drover, agents and git at random and says what broke.
import { runChaos } from './chaos.ts';

const [kills = 300, seed = Date.now() % 1_000_000, files = 2000] = process.argv.slice(2).map(Number);
// Ctrl-C ends it early, with all that is checked at the end.
const enough = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => enough.abort());
process.stdout.write(`${kills} kills, seed ${seed}, ${files} files\n`);
const { faults, ...facts } = await runChaos({
  kills,
  seed,
  files,
  enough: enough.signal,
  say: (line) => process.stdout.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(facts)}\n${faults.length === 0 ? 'No fault.' : faults.join('\n')}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
