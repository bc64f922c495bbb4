import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClaudeBench, createClaudeBench } from '../../../../test/support/claude-session.ts';
import { always, script } from '../../../../test/support/scripted-api/scenario.ts';

let bench: ClaudeBench;
const made = (name: string) => existsSync(join(bench.home, name));

/** A workspace whose own hooks and MCP server leave a file behind when they run. */
beforeEach(async () => {
  bench = await createClaudeBench(script({ steps: [{ tool: 'Bash', input: { command: 'true' } }] }, always('Done.')));
  const hook = (name: string) => [{ hooks: [{ type: 'command', command: `touch ${join(bench.home, name)}` }] }];
  const settings = (name: string) => ({
    hooks: { SessionStart: hook(`${name}-start`), PreToolUse: hook(`${name}-tool`) },
  });
  const server = join(bench.workspace, 'server.sh');
  await mkdir(join(bench.workspace, '.claude'));
  await writeFile(join(bench.workspace, '.claude', 'settings.json'), JSON.stringify(settings('project')));
  await writeFile(join(bench.workspace, '.claude', 'settings.local.json'), JSON.stringify(settings('local')));
  await writeFile(server, `#!/bin/sh\ntouch ${join(bench.home, 'mcp')}\n`);
  await chmod(server, 0o755);
  const mcp = { mcpServers: { theirs: { type: 'stdio', command: server, args: [] } } };
  await writeFile(join(bench.workspace, '.mcp.json'), JSON.stringify(mcp));
});
afterEach(() => bench.close());

test('nothing of a repository that is not trusted runs', async () => {
  const { session } = await bench.open({ trusted: false });
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  await session.close(5_000);
  expect(['project-start', 'project-tool', 'local-start', 'local-tool', 'mcp'].filter(made)).toEqual([]);
});

test('hooks and MCP servers of a trusted repository run', async () => {
  const { session, recorded } = await bench.open({ trusted: true });
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  await session.close(5_000);
  expect(['project-start', 'project-tool', 'local-start', 'local-tool', 'mcp'].filter((name) => !made(name))).toEqual(
    [],
  );
  expect(recorded.questions.map((question) => question.tool)).toEqual(['Bash']);
});
