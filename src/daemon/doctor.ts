import { parseArgs } from 'node:util';
import { AGENT_VARIABLES } from '../core/backends/known-agents.ts';
import { createBackends } from '../core/backends/registry.ts';
import { readStoredSettings } from '../core/db/inspect.ts';
import { createUserEnvironment } from '../core/process/user-environment.ts';
import { dataFolderOf } from '../host/data-folder.ts';
import { demoAgentProgram } from '../host/program-files.ts';
import { agentChecks } from './checks/agents.ts';
import type { Check, Finding, Machine } from './checks/check.ts';
import { chosenIn } from './checks/chosen.ts';
import { databaseCheck, dataFolderCheck, hostCheck, logCheck } from './checks/data.ts';
import { gitCheck, nodeCheck, shellCheck } from './checks/programs.ts';

/**
 * Prints the state of everything Drover stands on, a line each, with what to do about what is wrong; `--json` for
 * programs, `--data <folder>` for another data folder. Exit code 0 when nothing is broken, else 1; 3 for wrong options.
 */
const MARKS = { ok: 'ok', note: 'note', broken: 'not ok' } as const;

async function doctor(): Promise<number> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, json: { type: 'boolean' } } });
  const dataFolder = dataFolderOf(values.data ?? null, process.env);
  const chosen = chosenIn(readStoredSettings(dataFolder));
  const environment = createUserEnvironment({
    own: process.env,
    agents: AGENT_VARIABLES,
    shell: () => chosen.shell,
    warn: () => {},
  });
  const env = await environment();
  const shell = { name: chosen.shell?.argv[0] ?? process.env.SHELL ?? 'none is named', problem: environment.problem() };
  environment.close();
  const backends = createBackends({
    environment,
    dataFolder,
    demoAgent: demoAgentProgram(),
    claudeProgram: () => chosen.claude,
  });

  const checks: Check[] = [
    nodeCheck,
    gitCheck,
    shellCheck,
    ...agentChecks(backends),
    dataFolderCheck,
    databaseCheck,
    logCheck,
    hostCheck,
  ];
  const found = await Promise.all(
    checks.map(async (check) => ({ name: check.name, ...(await lookAt(check, { dataFolder, env, chosen, shell })) })),
  );
  process.stdout.write(values.json ? `${JSON.stringify(found, null, 2)}\n` : asTable(found));
  return found.some(({ state }) => state === 'broken') ? 1 : 0;
}

async function lookAt(check: Check, machine: Machine): Promise<Finding> {
  try {
    return await check.look(machine);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { state: 'broken', words, hint: 'The check failed to run.' };
  }
}

function asTable(found: readonly (Finding & { name: string })[]): string {
  const width = Math.max(...found.map(({ name }) => name.length)) + 2;
  const rows = found.map(({ name, state, words, hint }) => {
    const row = `${MARKS[state].padEnd(8)}${name.padEnd(width)}${words}\n`;
    return hint === null ? row : `${row}${' '.repeat(8 + width)}${hint}\n`;
  });
  return rows.join('');
}

doctor().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 3;
  },
);
