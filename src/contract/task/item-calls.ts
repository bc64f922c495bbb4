import * as z from 'zod';
import { base, commandOnTask, onTask } from '../call.ts';
import { itemId } from '../ids.ts';
import { argv } from '../project/state.ts';
import { MAX_TEXT } from '../text.ts';
import { item, itemStatus, standing } from './state.ts';

/** The calls on the checklists of tasks. */
export const items = {
  list: base
    .route({ method: 'GET', path: '/tasks/{taskId}/items', summary: 'The checklist' })
    .input(onTask)
    .output(z.array(item)),
  add: base
    .route({ method: 'POST', path: '/tasks/{taskId}/items', summary: 'Add an item at the end' })
    .input(commandOnTask.extend({ text: z.string().min(1).max(MAX_TEXT), check: argv.nullable().optional() }))
    .output(item.extend(standing)),
  set: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/items/{itemId}/status',
      summary: 'Set the status of an item; completing it runs its check first',
    })
    .input(commandOnTask.extend({ itemId, status: itemStatus, reason: z.string().max(MAX_TEXT).nullable().optional() }))
    .output(item.extend(standing)),
  note: base
    .route({ method: 'POST', path: '/tasks/{taskId}/items/{itemId}/notes', summary: 'Add a note to an item' })
    .input(commandOnTask.extend({ itemId, text: z.string().min(1).max(MAX_TEXT) }))
    .output(item.extend(standing)),
};
