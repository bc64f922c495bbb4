import * as z from 'zod';
import { landingKind, landingNo, openLanding } from './state.ts';

const inLanding = { no: landingNo };

/** What happens while work lands on a branch, or while that is undone. */
export const landingEvents = [
  /** The intent: nothing is done yet. */
  z.object({ type: z.literal('landing.requested'), ...openLanding.omit({ work: true }).shape }),
  /** What was uncommitted is committed, if anything was; the branch is moved next. */
  z.object({
    type: z.literal('landing.prepared'),
    ...inLanding,
    work: z.string().nullable(),
    to: z.string(),
  }),
  /** `failed`: the branch, the workspace and every checkout are as they were before, unless `words` say otherwise. */
  z.object({
    type: z.literal('landing.settled'),
    ...inLanding,
    kind: landingKind,
    result: z.enum(['done', 'failed']),
    onto: z.string(),
    commit: z.string().nullable(),
    words: z.string(),
  }),
] as const;
