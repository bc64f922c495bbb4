import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { safeLine } from '../../printing/sanitise.ts';

/** Trusts a project, or no longer. */
export const trust =
  (trusted: boolean): Command<{ no?: boolean }> =>
  (context, [named = ''], options) =>
    withClient(context, options, async (client) => {
      const { id } = await findProject(context, client, named);
      const project = await client.projects.trust({ projectId: id, trusted: trusted && !options.no });
      show(context, options, project, () => [
        project.trusted
          ? `${safeLine(project.name)} is trusted: its own hooks, MCP servers and settings run.`
          : `${safeLine(project.name)} is not trusted: its own hooks, MCP servers and settings do not run.`,
      ]);
      return undefined;
    });

export const run = trust(true);
