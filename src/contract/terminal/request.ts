import * as z from 'zod';
import { terminalId } from '../ids.ts';
import type { TerminalRequest } from './line.ts';

const size = { cols: z.number(), rows: z.number() };
const lines = z.number().int().min(0).max(100_000);

/** What a client may send in text, see `line.ts`. */
export const terminalRequest = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('attach'),
    terminalId,
    size: z.object(size).optional(),
    scrollback: lines.optional(),
  }),
  z.object({ type: z.literal('ack'), at: z.number() }),
  z.object({ type: z.literal('resize'), ...size }),
  z.object({ type: z.literal('focus') }),
  z.object({ type: z.literal('scrollback'), lines }),
]) satisfies z.ZodType<TerminalRequest>;
