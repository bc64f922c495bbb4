import * as z from 'zod';
import { base, commandOnTask } from '../call.ts';
import { commandId } from '../ids.ts';
import { MAX_TEXT } from '../text.ts';
import { changedTask } from './state.ts';

/** The calls on messages that wait for the next turn. */
export const messages = {
  edit: base
    .route({
      method: 'PUT',
      path: '/tasks/{taskId}/messages/{messageId}',
      summary: 'Change a queued message; refused once the agent has it',
    })
    .input(commandOnTask.extend({ messageId: commandId, text: z.string().min(1).max(MAX_TEXT) }))
    .output(changedTask),
  move: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/messages/{messageId}/move',
      summary: 'Move a queued message among the others; refused once the agent has it',
    })
    .input(
      commandOnTask.extend({
        messageId: commandId,
        before: commandId.nullable().describe('The message that is read after it; null: it is read last'),
      }),
    )
    .output(changedTask),
  send: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/messages/send',
      summary: 'Interrupt the agent, so that it reads a queued message now',
    })
    .input(
      commandOnTask.extend({
        messageId: commandId.optional().describe('The others stay queued; left out: all are read'),
      }),
    )
    .output(changedTask),
  remove: base
    .route({
      method: 'DELETE',
      path: '/tasks/{taskId}/messages/{messageId}',
      summary: 'Remove a queued message; refused once the agent has it',
    })
    .input(commandOnTask.extend({ messageId: commandId }))
    .output(changedTask),
};
