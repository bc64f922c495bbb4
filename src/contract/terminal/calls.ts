import * as z from 'zod';
import { base } from '../call.ts';
import { projectId, taskId, terminalId } from '../ids.ts';
import { terminal } from './state.ts';

const onTerminal = z.strictObject({ terminalId });
const name = z.string().trim().min(1).max(100);
/** Relative to the folder of a terminal, with `/`. */
const path = z.string().min(1).max(4096);
/** Counted from 1. */
const place = z.number().int().min(1).max(10_000_000);
const force = z.boolean().optional().describe('Also when a program runs in it');

/**
 * The calls on terminals. For persons alone: no agent reaches them. `changed` of the stream says `terminals` when the
 * list is another. The bytes of a terminal go a way of their own, see `line.ts`.
 */
export const terminals = {
  list: base
    .route({ method: 'GET', path: '/terminals', summary: 'Terminals in their order' })
    .input(z.strictObject({ projectId: projectId.optional(), taskId: taskId.optional() }))
    .output(z.array(terminal)),
  get: base.route({ method: 'GET', path: '/terminals/{terminalId}' }).input(onTerminal).output(terminal),
  open: base
    .route({
      method: 'POST',
      path: '/terminals',
      summary: 'Open a login shell in the workspace of a task, or in the folder of a project; one of the two is given',
    })
    .input(
      z.strictObject({
        taskId: taskId.optional(),
        projectId: projectId.optional(),
        name: name.optional(),
        cols: z.number().optional(),
        rows: z.number().optional(),
      }),
    )
    .output(terminal),
  rename: base
    .route({ method: 'POST', path: '/terminals/{terminalId}/name' })
    .input(onTerminal.extend({ name }))
    .output(terminal),
  reorder: base
    .route({
      method: 'POST',
      path: '/terminals/{terminalId}/place',
      summary: 'Put a terminal before another one, or last',
    })
    .input(onTerminal.extend({ before: terminalId.nullable() }))
    .output(terminal),
  resize: base
    .route({ method: 'POST', path: '/terminals/{terminalId}/size', summary: 'The nearest size that is possible' })
    .input(onTerminal.extend({ cols: z.number(), rows: z.number() }))
    .output(terminal),
  restart: base
    .route({
      method: 'POST',
      path: '/terminals/{terminalId}/restart',
      summary: 'A new shell below the old screen; refused while a program runs in it, unless `force`',
    })
    .input(onTerminal.extend({ force }))
    .output(terminal),
  close: base
    .route({
      method: 'DELETE',
      path: '/terminals/{terminalId}',
      summary: 'End a terminal and all that it has started; refused while a program runs in it, unless `force`',
    })
    .input(onTerminal.extend({ force }))
    .output(terminal),
  send: base
    .route({ method: 'POST', path: '/terminals/{terminalId}/input', summary: 'Type into a terminal' })
    .input(onTerminal.extend({ text: z.string().max(256 * 1024) }))
    .output(terminal),
  file: base
    .route({
      method: 'GET',
      path: '/terminals/{terminalId}/file',
      summary:
        'Where a file is that a terminal names, in the folder where that was opened; refused when it is not there',
    })
    .input(onTerminal.extend({ path }))
    .output(z.object({ folder: z.string(), file: z.string() })),
  openFile: base
    .route({
      method: 'POST',
      path: '/terminals/{terminalId}/file',
      summary:
        'Open such a file in an editor of the machine that Drover is on, at its line where the editor can do that',
    })
    .input(onTerminal.extend({ path, line: place.optional(), column: place.optional() }))
    .output(z.object({ words: z.string() })),
  read: base
    .route({
      method: 'GET',
      path: '/terminals/{terminalId}/text',
      summary: 'What a terminal shows, as plain text, with so many lines before it',
    })
    .input(onTerminal.extend({ lines: z.number().int().min(0).max(10_000).default(0) }))
    .output(z.object({ text: z.string() })),
};
