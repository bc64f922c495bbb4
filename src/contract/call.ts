import { oc } from '@orpc/contract';
import * as z from 'zod';
import { commandId, taskId } from './ids.ts';
import { rejection } from './rejection-shape.ts';

/** Every call can be refused with a reason; `data.code` says which kind, the HTTP status is 409 for all of them. */
export const base = oc.errors({ REJECTED: { status: 409, message: 'Refused', data: rejection } });

/** A command may carry an id; sent again with the same id it gets the same answer and does nothing twice. */
export const command = { commandId: commandId.optional() };
// Inputs are strict objects, inner ones too: a key that is not known is refused, never ignored.
export const onTask = z.strictObject({ taskId });
export const commandOnTask = onTask.extend(command);
