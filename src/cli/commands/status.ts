import { withClient } from '../connection/with-client.ts';
import { type Command, show } from '../context.ts';
import { statusLines } from '../printing/status.ts';
import { findUserUnit } from '../systemd/user-unit.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const [status, pause] = await Promise.all([client.system.status(), client.pause.get()]);
    const unit = findUserUnit(context);
    const startedBy = unit?.enabled ? unit.file : null;
    show(context, options, { ...status, pause, startedBy }, (view) => statusLines(view, status, pause, startedBy));
    return undefined;
  });
