import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkRuleId } from '../../input/ids.ts';

export const run: Command = async (context, [id = ''], options) => {
  const ruleId = checkRuleId(id);
  return withClient(context, options, async (client) => {
    const removed = await client.rules.remove({ ruleId });
    show(context, options, removed, () => [`Rule ${ruleId} is deleted.`]);
    return undefined;
  });
};
