import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type ClaudeBench, createClaudeBench, processesOf } from '../../../../test/support/claude-session.ts';
import { always, type Step, script } from '../../../../test/support/scripted-api/scenario.ts';
import { until } from '../../../../test/support/until.ts';
import { EVERY_WAY, type Way } from '../../../../test/support/ways-to-allow.ts';

/** All ways are gone through with this; otherwise those that once let something through, and all of them at once. */
const ways = process.env.DROVER_TEST_EVERY_WAY === '1' ? EVERY_WAY : EVERY_WAY.filter(({ core }) => core);

let bench: ClaudeBench;
afterEach(() => bench.close());

async function prepare({ files, executable = [] }: Pick<Way, 'files' | 'executable'>): Promise<void> {
  const { home, workspace } = bench;
  const fill = (words: string) => words.replaceAll('HOMEFOLDER', home).replaceAll('WORKSPACE', workspace);
  for (const [name, content] of Object.entries(files)) {
    const file = fill(name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, fill(typeof content === 'string' ? content : JSON.stringify(content)));
    if (executable.includes(name)) await chmod(file, 0o755);
  }
}

/** Whether a process is one of the hooks of `ways`. */
function isHook(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('hookSpecificOutput');
  } catch {
    return false;
  }
}

const command = (words: string): Step => ({ tool: 'Bash', input: { command: words, description: 'x' } });

/** What is not to happen, by the tools that could do it; each would leave something behind or give a key away. */
function calls(): Step[] {
  const at = (name: string) => join(bench.home, name);
  return [
    command(`touch ${at('by-command')}`),
    command('git commit --allow-empty -m x'),
    command(`cat ${at('.ssh/id_ed25519')}`),
    { tool: 'Write', input: { file_path: at('by-write'), content: 'x' } },
    { tool: 'Read', input: { file_path: at('.ssh/id_ed25519') } },
    { tool: 'Grep', input: { pattern: 'KEY', path: at('.ssh'), output_mode: 'content' } },
    { tool: 'mcp__mine__look', input: {} },
    { tool: 'Skill', input: { skill: 'helpful' } },
  ];
}

describe.each(ways)('$name', (way) => {
  test.each(way.autonomy ?? (['ask'] as const))(
    'lets nothing through that was not allowed here (%s)',
    async (autonomy) => {
      bench = await createClaudeBench(
        script(
          { steps: calls },
          { when: { isSubagent: true }, steps: () => [command(`touch ${join(bench.home, 'by-subagent')}`)] },
          {
            when: { isSubagent: false },
            steps: [
              {
                tool: 'Agent',
                input: { description: 'x', prompt: 'x', subagent_type: 'helpful', run_in_background: false },
              },
            ],
          },
          always('It came to: {{lastToolResult}}'),
        ),
      );
      await prepare({ files: { 'HOMEFOLDER/.ssh/id_ed25519': 'THE-KEY\n' } });
      await prepare(way);
      const marker = `unasked-${randomUUID()}`;
      const { session, recorded } = await bench.open({
        marker,
        autonomy,
        trusted: way.trusted ?? false,
        env: way.env ?? {},
        ask: async ({ call: { title: tool } }) => {
          await until(() => !processesOf(marker).some(isHook), 'every hook that would like to answer first');
          return ['Agent', 'Skill'].includes(tool) ? { decision: 'allow' } : { decision: 'deny', words: 'No.' };
        },
      });
      await session.prompt('go');
      await session.close(5_000);
      const made = ['by-command', 'by-write', 'by-subagent', 'by-skill'].filter((name) =>
        existsSync(join(bench.home, name)),
      );
      expect(made).toEqual([]);
      expect(JSON.stringify(recorded.entries)).not.toContain('THE-KEY');
      expect(recorded.unasked).toEqual([]);
      const asked = recorded.questions.map(({ call }) => call.title);
      expect(asked.filter((tool) => tool === 'Bash').length).toBeGreaterThanOrEqual(3);
      if (way.stillRuns) expect(existsSync(join(bench.home, way.stillRuns))).toBe(true);
    },
    30_000,
  );
});
