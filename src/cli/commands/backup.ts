import { bytes } from '../../contract/words/measure.ts';
import { withClient } from '../connection/with-client.ts';
import { type Command, show } from '../context.ts';
import { safeLine } from '../printing/sanitise.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const made = await client.data.backUp();
    show(context, options, made, () => [`Wrote ${safeLine(made.path)} (${bytes(made.bytes)}).`]);
    return undefined;
  });
