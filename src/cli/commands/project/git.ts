import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { safeLine } from '../../printing/sanitise.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const git = await client.projects.git();
    show(context, options, git, () =>
      [git.version === null ? null : `git ${git.version}`, git.problem, git.hint]
        .filter((line) => line !== null)
        .map(safeLine),
    );
    return git.problem === null ? undefined : 4;
  });
