import { withClient } from '../../connection/with-client.ts';
import type { Command } from '../../context.ts';
import { type ApprovalFilterOptions, readApprovalFilter } from '../../input/approval-filter.ts';

interface Options extends ApprovalFilterOptions {
  format?: 'csv' | 'json';
}

export const run: Command<Options> = async (context, _args, options) => {
  const format = options.json ? 'json' : (options.format ?? 'csv');
  const filterOf = readApprovalFilter(context, options);
  return withClient(context, options, async (client) => {
    const filter = await filterOf(client);
    let cursor: string | undefined;
    do {
      const page = await client.approvals.export({ ...filter, format, cursor });
      context.out.write(page.text);
      await context.out.drained();
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return undefined;
  });
};
