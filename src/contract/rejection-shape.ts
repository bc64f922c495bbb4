import * as z from 'zod';
import { REJECTION_CODES, type Rejection } from './rejection.ts';

/** A rejection as it goes over the wire. */
export const rejection = z.object({
  code: z.enum(REJECTION_CODES),
  message: z.string(),
  allowed: z.array(z.string()).optional(),
}) satisfies z.ZodType<Rejection>;
