import { expect, test } from 'vitest';
import { createMeter, NOTHING_USED, plus } from './usage.ts';

const totals = (costUsd: number, ...models: [number, number][]) => ({
  total_cost_usd: costUsd,
  modelUsage: Object.fromEntries(
    models.map(([inputTokens, outputTokens], i) => [
      `model-${i}`,
      { inputTokens, outputTokens, cacheReadInputTokens: 1 },
    ]),
  ),
});

test('what each turn used is the difference of the totals, over all models', () => {
  const meter = createMeter(false);
  expect(meter.count(totals(0.5, [100, 10]))).toMatchObject({ costUsd: 0.5, usage: { inputTokens: 100 } });
  const second = meter.count(totals(0.75, [150, 20], [30, 3]));
  expect(second.costUsd).toBeCloseTo(0.25, 10);
  expect(second.usage).toEqual({ inputTokens: 80, outputTokens: 13, cacheReadTokens: 1, cacheWriteTokens: 0 });
});

test('a resumed session begins where it was', () => {
  const meter = createMeter(true);
  meter.begin({ session: { total_cost_usd: 2, model_usage: { m: { inputTokens: 1000, outputTokens: 100 } } } });
  const used = meter.count({ total_cost_usd: 2.5, modelUsage: { m: { inputTokens: 1100, outputTokens: 120 } } });
  expect(used).toEqual({
    costUsd: 0.5,
    usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 0, cacheWriteTokens: 0 },
  });
});

test('where the beginning is not known, nothing earlier is counted', () => {
  const meter = createMeter(true);
  const first = meter.count({ ...totals(2.5, [1100, 120]), usage: { input_tokens: 100, output_tokens: 20 } });
  expect(first).toMatchObject({ costUsd: 0, usage: { inputTokens: 100, outputTokens: 20 } });
  meter.begin({ session: { total_cost_usd: 0 } });
  expect(meter.count(totals(3, [1200, 140]))).toMatchObject({ costUsd: 0.5, usage: { inputTokens: 100 } });
});

test('totals that were started over are new', () => {
  const meter = createMeter(false);
  meter.count(totals(5, [1000, 100]));
  expect(meter.count(totals(0.1, [10, 1]))).toMatchObject({ costUsd: 0.1, usage: { inputTokens: 10 } });
});

test('a result without numbers counts nothing', () => {
  expect(createMeter(false).count({ total_cost_usd: 'x', modelUsage: [] })).toEqual(NOTHING_USED);
  expect(plus(NOTHING_USED, NOTHING_USED)).toEqual(NOTHING_USED);
});
