import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJudgeGround } from '../../../../test/support/judge-ground.ts';
import { createTempFolder } from '../../../../test/support/temp.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let ground: ReturnType<typeof createJudgeGround>;
beforeAll(async () => {
  folder = await createTempFolder();
  ground = createJudgeGround(folder.path);
});
afterAll(() => folder.remove());

const rowsOf = (file: string) =>
  readFileSync(join(import.meta.dirname, '../../../../test/commands', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
const shown = (command: string) => command.replaceAll('⏎', '\n');
const autonomies = ['plan', 'ask', 'edit', 'auto'] as const;

describe('what must not pass unasked', () => {
  const rows = rowsOf('asked.txt').map((line) => {
    const [, autonomy, rule, right, command] = /^(\w+) \| (.+?) \| ([\w-]+) \| (.*)$/.exec(line) ?? [];
    if (!command || !rule || !right) throw new Error(`no row: ${line}`);
    return { autonomy: autonomy as (typeof autonomies)[number], rule, right, command };
  });

  test.each(rows)('$autonomy, $rule: $right: $command', ({ autonomy, rule, right, command }) => {
    const rules = rule === '-' ? [] : ground.rules([rule]);
    const given = ground.judge('Bash', { command: shown(command) }, { autonomy, rules });
    if (right === 'ask' || right === 'deny') expect(given.decision).toBe(right);
    else expect(given).toMatchObject({ decision: 'ask', protects: right });
  });
});

test('what people run all day is asked about in vain in at most 2 of 100 cases, and never the other way round', () => {
  const rows = rowsOf('ordinary.txt').map((line) => {
    const [, right, command] = /^(reads|works|asks) \| (.*)$/.exec(line) ?? [];
    if (!right || !command) throw new Error(`no row: ${line}`);
    return { right, command };
  });
  const vain: string[] = [];
  for (const { right, command } of rows) {
    for (const autonomy of autonomies) {
      const { decision, words } = ground.judge('Bash', { command: shown(command) }, { autonomy });
      const passes = right === 'reads' || (right === 'works' && autonomy === 'auto');
      if (passes && decision !== 'allow') vain.push(`${autonomy}: ${command}: ${words}`);
      else expect([autonomy, command, decision]).toEqual([autonomy, command, passes ? 'allow' : 'ask']);
    }
  }
  expect(rows.length).toBeGreaterThan(300);
  expect(vain.length / rows.length, vain.join('\n')).toBeLessThanOrEqual(0.02);
});
