import { addUsage, NO_USAGE, type Usage } from '../../../contract/run/usage.ts';
import { type Json, number, record } from './protocol.ts';

/** What a session has used since it was first started, in this process or an earlier one. */
interface Total {
  usage: Usage;
  costUsd: number;
}

/**
 * Turns the totals that the program reports into what each turn used. The totals are of the whole session: resumed,
 * they include what was used before.
 */
export interface Meter {
  /** What had been used before the first turn: the answer to `get_usage`. Does nothing once a result was counted. */
  begin(usageAnswer: Json): void;
  /** What was used since the last result. */
  count(result: Json): Total;
}

/** A meter of a new session, or of a resumed one, whose beginning is not known until `begin`. */
export function createMeter(resumed: boolean): Meter {
  let last: Total | null = resumed ? null : { usage: NO_USAGE, costUsd: 0 };
  let counted = false;
  return {
    begin(answer) {
      const session = record(answer.session);
      const costUsd = number(session.total_cost_usd);
      if (!counted && costUsd !== null) last = { usage: sum(record(session.model_usage)), costUsd };
    },
    count(result) {
      counted = true;
      const total = { usage: sum(record(result.modelUsage)), costUsd: number(result.total_cost_usd) ?? 0 };
      // Not known where it began: the tokens of the turn are in the result, its cost nowhere.
      const used = last === null ? { usage: ofTurn(record(result.usage)), costUsd: 0 } : minus(total, last);
      last = total;
      return used;
    },
  };
}

function sum(models: Json): Usage {
  const usage = { ...NO_USAGE };
  for (const value of Object.values(models)) {
    const model = record(value);
    usage.inputTokens += number(model.inputTokens) ?? 0;
    usage.outputTokens += number(model.outputTokens) ?? 0;
    usage.cacheReadTokens += number(model.cacheReadInputTokens) ?? 0;
    usage.cacheWriteTokens += number(model.cacheCreationInputTokens) ?? 0;
  }
  return usage;
}

function ofTurn(usage: Json): Usage {
  return {
    inputTokens: number(usage.input_tokens) ?? 0,
    outputTokens: number(usage.output_tokens) ?? 0,
    cacheReadTokens: number(usage.cache_read_input_tokens) ?? 0,
    cacheWriteTokens: number(usage.cache_creation_input_tokens) ?? 0,
  };
}

export function plus(a: Total, b: Total): Total {
  return {
    usage: addUsage(a.usage, b.usage),
    costUsd: a.costUsd + b.costUsd,
  };
}

/** Totals that went down were started over (`/clear`): then all of the new total is new. */
function minus(total: Total, last: Total): Total {
  if (total.costUsd < last.costUsd || total.usage.inputTokens < last.usage.inputTokens) return total;
  return {
    usage: {
      inputTokens: total.usage.inputTokens - last.usage.inputTokens,
      outputTokens: Math.max(0, total.usage.outputTokens - last.usage.outputTokens),
      cacheReadTokens: Math.max(0, total.usage.cacheReadTokens - last.usage.cacheReadTokens),
      cacheWriteTokens: Math.max(0, total.usage.cacheWriteTokens - last.usage.cacheWriteTokens),
    },
    costUsd: total.costUsd - last.costUsd,
  };
}

export const NOTHING_USED: Total = Object.freeze({ usage: NO_USAGE, costUsd: 0 });
