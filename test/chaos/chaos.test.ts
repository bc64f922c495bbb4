import { expect, test } from 'vitest';
import { runChaos } from './chaos.ts';

const KILLS = 20;

test(`${KILLS} kills of Drover, agents and git leave nothing wrong`, async () => {
  const seed = Number(process.env.DROVER_TEST_SEED ?? Date.now() % 1_000_000);
  process.stdout.write(`seed ${seed}\n`);
  const lines: string[] = [];
  const { faults } = await runChaos({ kills: KILLS, seed, say: (line) => lines.push(line) });
  expect(faults, `seed ${seed}\n${lines.join('\n')}`).toEqual([]);
}, 600_000);
