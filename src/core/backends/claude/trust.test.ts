import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClaudeBench, createClaudeBench } from '../../../../test/support/claude-session.ts';
import { always, script } from '../../../../test/support/scripted-api/scenario.ts';
import type { SessionEntry } from '../backend.ts';

const MCP_SERVER = fileURLToPath(new URL('../../../../test/support/mcp-server.mjs', import.meta.url));
let bench: ClaudeBench;
const made = (name: string) => existsSync(join(bench.home, name));

/** A workspace whose own hooks and MCP server leave a file behind when they run. */
beforeEach(async () => {
  bench = await createClaudeBench(
    script(
      {
        steps: [
          { tool: 'Bash', input: { command: 'true' } },
          { tool: 'mcp__mine__look', input: {} },
        ],
      },
      always('{{lastToolResult}}'),
    ),
  );
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
  await writeFile(join(bench.workspace, 'CLAUDE.md'), 'Say hello first.');
  const own = (name: string) => ({
    type: 'stdio',
    command: process.execPath,
    args: [MCP_SERVER, join(bench.home, name)],
    env: {},
  });
  const projects = { [bench.workspace]: { mcpServers: { 'just-here': own('just-here') } } };
  await writeFile(
    join(bench.home, '.claude.json'),
    JSON.stringify({ mcpServers: { mine: own('mine'), broken: { type: 'stdio' } }, projects }),
  );
});
afterEach(() => bench.close());

test('nothing of a repository that is not trusted runs, and the user’s own servers do', async () => {
  const { session, recorded } = await bench.open({ trusted: false });
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  await session.close(5_000);
  expect(['project-start', 'project-tool', 'local-start', 'local-tool', 'mcp', 'just-here'].filter(made)).toEqual([]);
  expect(made('mine')).toBe(true);
  expect(recorded.texts()).toEqual([expect.stringMatching(/SEEN$/)]);
  // As every other call, theirs are judged.
  expect(recorded.questions.map(({ call }) => call.title)).toEqual(['Bash', 'mcp__mine__look']);
});

test('what is left out of a session is said once', async () => {
  const notices = (entries: readonly SessionEntry[]) => entries.filter(({ type }) => type === 'notice');
  const { session, recorded } = await bench.open({ trusted: false });
  expect(notices(recorded.entries)).toEqual([
    {
      type: 'notice',
      level: 'info',
      code: 'not-trusted',
      words:
        'This project is not trusted, so Claude Code runs without CLAUDE.md, .claude and .mcp.json of the repository, and without the MCP server just-here that you added for this project alone. Trust the project in its settings, or with `drover project trust`, if you know who wrote them.',
    },
  ]);
  await session.close(5_000);
  const trusted = await bench.open({ trusted: true });
  expect(notices(trusted.recorded.entries)).toEqual([]);
});

test('hooks and MCP servers of a trusted repository run', async () => {
  const { session, recorded } = await bench.open({ trusted: true });
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  await session.close(5_000);
  const all = ['project-start', 'project-tool', 'local-start', 'local-tool', 'mcp', 'just-here', 'mine'];
  expect(all.filter((name) => !made(name))).toEqual([]);
  expect(recorded.questions.map((question) => question.call.title)).toEqual(['Bash', 'mcp__mine__look']);
});
