import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeBackendConformance } from '../../../../test/support/backend-conformance.ts';
import { claudeEnvironment, claudeProgram } from '../../../../test/support/claude.ts';
import type { RequestFacts } from '../../../../test/support/scripted-api/facts.ts';
import type { Condition, ScriptedTurn, Step } from '../../../../test/support/scripted-api/scenario.ts';
import { startScriptedApi } from '../../../../test/support/scripted-api/server.ts';
import { createTempFolder } from '../../../../test/support/temp.ts';
import { startToolsServer } from '../../../../test/support/tools-server.ts';
import type { SessionOptions } from '../backend.ts';
import { createClaudeBackend } from './backend.ts';

const HANGING = fileURLToPath(new URL('../../../../test/support/hanging-agent.mjs', import.meta.url));
const fresh = (facts: RequestFacts) => facts.toolResults.length === 0;
const asked =
  (word: string): Condition =>
  (facts) =>
    facts.lastPrompt.includes(word) && fresh(facts);
const when = (word: string, steps: Step[] | ((facts: RequestFacts) => Step[])): ScriptedTurn => ({
  when: asked(word),
  times: 'forever',
  steps,
});

/** Nobody looks at it; the terminal of a person would do with what it prints as it likes. */
const WAYS: Record<string, Partial<SessionOptions>> = { headless: {}, 'in a terminal': { terminal: () => {} } };
/** As after a first start: only then does it come up in a terminal without questions. */
const usedBefore = (home: string) =>
  writeFile(join(home, '.claude.json'), JSON.stringify({ hasCompletedOnboarding: true }));

const describeWay = (way: string, wayOptions: Partial<SessionOptions>) =>
  describeBackendConformance({
    name: `the claude backend, ${way}`,
    async create(folder) {
      const home = await createTempFolder();
      await usedBefore(home.path);
      const program = await claudeProgram();
      const api = await startScriptedApi({
        sessions: [
          {
            name: 'main',
            turns: [
              when('say endless', [{ text: 'On and on,\nand on' }, { stall: true }]),
              when('write', [{ tool: 'Write', input: { file_path: join(folder, 'asked.txt'), content: 'x\n' } }]),
              when('stray', [
                { tool: 'Bash', input: { command: 'setsid sh -c \'trap "" TERM; tail -f /dev/null\' & true' } },
              ]),
              when('read', [{ tool: 'Bash', input: { command: 'echo read' } }]),
              { when: asked('overloaded'), times: 'forever', error: { status: 529 } },
              { when: asked('refused'), times: 'forever', error: { status: 401 } },
              when('recall', (facts) => [{ text: facts.texts.map((entry) => entry.text).join('\n') }]),
              { times: 'forever', steps: [{ text: 'Done.' }] },
            ],
          },
        ],
      });
      const tools = await startToolsServer([]);
      const extra = { TMPDIR: home.path, CLAUDE_CODE_MAX_RETRIES: '0' };
      const env = claudeEnvironment({ program, home: home.path, baseUrl: api.baseUrl, extra });
      return {
        backend: createClaudeBackend({ env: async () => env }),
        options: { env, tools, ...wayOptions },
        async close() {
          await tools.close();
          await api.stop();
          await home.remove();
        },
      };
    },
    async hanging() {
      const bin = await createTempFolder();
      await usedBefore(bin.path);
      // Not `#!<node>`: that line cannot name a path with a space.
      const program = join(bin.path, 'claude');
      await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${HANGING}' "$@"\n`, { mode: 0o755 });
      const env = claudeEnvironment({ program, home: bin.path, baseUrl: 'http://127.0.0.1:9' });
      return {
        backend: createClaudeBackend({ env: async () => env }),
        options: { env, ...wayOptions },
        close: bin.remove,
      };
    },
    prompts: {
      plain: 'say plain',
      tool: 'read',
      endless: 'say endless',
      ask: 'write',
      transient: 'overloaded',
      permanent: 'refused',
      recall: 'recall',
    },
    written: (folder) =>
      access(join(folder, 'asked.txt')).then(
        () => true,
        () => false,
      ),
  });

for (const [way, options] of Object.entries(WAYS)) describeWay(way, options);
