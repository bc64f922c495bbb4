import { randomUUID } from 'node:crypto';
import type { LandingHow, LandingPreview } from '../../../contract/landing/state.ts';
import { landedOnWords } from '../../../contract/words/landing.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, type Context, remark, show, viewOf } from '../../context.ts';
import { badInput, Failure } from '../../failure.ts';
import { checkTaskId } from '../../input/ids.ts';
import { previewLines } from '../../printing/landing.ts';

interface Options {
  onto?: string;
  squash?: boolean;
  ff?: boolean;
  preview?: boolean;
  message?: string;
  touchCheckout?: boolean;
  yes?: boolean;
}

export const run: Command<Options> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  const { onto, message, touchCheckout } = options;
  if (options.squash && options.ff) throw badInput('Choose one of --squash and --ff.');
  if (message !== undefined && message.trim() === '') throw badInput('The message is empty.');
  const how: LandingHow = options.squash ? 'squash' : options.ff ? 'fast-forward' : 'merge';
  return withClient(context, options, async (client) => {
    const preview = await client.landings.preview({ taskId, onto, how });
    if (options.preview) {
      show(context, options, preview, (view) => previewLines(view, preview, message));
      return undefined;
    }
    if (!options.json) for (const line of previewLines(viewOf(context), preview, message)) remark(context, line);
    if (preview.problems.length > 0) throw new Failure('conflict', 'Nothing has landed.');
    const isTouched = await confirm(context, options, preview);
    const task = await client.landings.land({
      ...{ taskId, onto, how, message },
      ...{ touchCheckout: touchCheckout ?? isTouched, expect: preview.ontoCommit, commandId: randomUUID() },
    });
    show(context, options, task, () => [task.landing ? `${landedOnWords(task.landing)}.` : 'Landed.']);
    return undefined;
  });
};

/** Asks at a terminal, unless --yes has said it; whether the checkout may be moved along. */
async function confirm(context: Context, options: Options & { json?: boolean }, preview: LandingPreview) {
  const { checkout, onto } = preview;
  const moves = checkout !== null && options.touchCheckout !== true;
  if (options.yes) {
    if (moves) throw new Failure('conflict', `${onto} is checked out; add --touch-checkout to move its files along.`);
    return options.touchCheckout;
  }
  if (!context.stdin.isTTY || options.json) throw badInput('Nothing has landed: add --yes, or --preview to only look.');
  context.err.write(moves ? `Land, and move the files of ${onto} along? [y/N] ` : 'Land? [y/N] ');
  for await (const chunk of context.stdin) {
    if (/^\s*y(es)?\s*$/i.test(String(chunk))) return moves ? true : options.touchCheckout;
    break;
  }
  throw new Failure('interrupted', 'Nothing has landed.');
}
