import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHost, must, type TestHost } from '../../../../test/support/host.ts';
import { runCli } from '../../../../test/support/run-cli.ts';
import { PERSON } from '../../../core/core-api.ts';

let host: TestHost;
beforeAll(async () => {
  host = await createHost();
  const token = 'test-token-of-the-user-0123456789';
  const endpoint = { url: host.address, token, pid: process.pid, startTime: 'now', version: '0.1.0' };
  await writeFile(join(host.dataFolder, 'endpoint.json'), JSON.stringify(endpoint), { mode: 0o600 });
});
afterAll(async () => {
  await host.close();
  await host.remove();
});
afterEach(async () => {
  for (const { id } of await rules()) must(await host.core.api.rules.remove({ ruleId: id }, PERSON));
});

const nameOfProject = async () => must(await host.core.api.projects.list(undefined, PERSON))[0]?.name;
const cli = (...args: string[]) => runCli(args, { dataFolder: host.dataFolder, cwd: host.repository.path });
const rules = async () => must(await host.core.api.rules.list({}, PERSON));
const added = async (...args: string[]) => {
  const { stdout, stderr } = await cli('rule', 'add', '--json', ...args);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as { id: string };
};

describe('rule', () => {
  it('is made for the project of this folder, listed, changed and deleted', async () => {
    const made = await cli('rule', 'add', 'allow', 'npm run *');
    const [rule] = await rules();
    const name = await nameOfProject();
    expect(made).toEqual({
      code: 0,
      stdout: `${rule?.id}  Allow commands that begin with “npm run” (${name})\n`,
      stderr: '',
    });
    expect(rule).toMatchObject({ tool: 'Bash', pattern: 'npm run *', decision: 'allow', madeBy: 'user' });

    const off = await cli('rule', 'set', rule?.id ?? '', '--off', '--decision', 'deny', '--pattern', 'npm *');
    expect(off.stdout).toBe(`${rule?.id}  Deny commands that begin with “npm” (off) (${name})\n`);
    const list = await cli('rule', 'list');
    expect(list.stdout).toBe(
      [
        `ID         ${'WHERE'.padEnd(String(name).length)}  USES  LAST USED  RULE`,
        `${rule?.id}  ${name}     0          -  Deny commands that begin with “npm” (off)`,
        '',
      ].join('\n'),
    );
    expect((await cli('rule', 'set', rule?.id ?? '', '--on')).stdout).not.toContain('(off)');
    expect((await cli('rule', 'remove', rule?.id ?? '')).stdout).toBe(`Rule ${rule?.id} is deleted.\n`);
    expect(await cli('rule', 'list')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No rules yet. Make one with `drover rule add allow "npm run *"`.\n',
    });
  });

  it('counts in a task, a project or everywhere', async () => {
    const { id: taskId } = await host.create({ goal: 'Look' }, false);
    await added('deny', '*', '--tool', 'WebFetch', '--everywhere');
    await added('allow', 'docs/**', '--tool', 'Edit', '--task', taskId);
    await added('ask', 'git push *', '--project', host.projectId);
    const patterns = async (...args: string[]) =>
      (JSON.parse((await cli('rule', 'list', '--json', ...args)).stdout) as { pattern: string }[])
        .map(({ pattern }) => pattern)
        .sort();
    expect(await patterns()).toEqual(['*', 'docs/**', 'git push *']);
    expect(await patterns('--task', taskId)).toEqual(['*', 'docs/**', 'git push *']);
    expect(await patterns('--project', host.projectId)).toEqual(['*', 'git push *']);
    must(await host.core.api.tasks.remove({ taskId }, PERSON));
    expect(await patterns()).toEqual(['*', 'git push *']);
  });

  it('is refused with a sentence where it makes no sense', async () => {
    for (const [args, words] of [
      [['allow', 'npm test && ls'], 'The pattern of a rule for commands is the words of one plain command'],
      [['allow', '*', '--everywhere'], 'applies to a task or a project'],
      [['allow', '*', '--tool', '*'], 'A rule that allows has to name a tool.'],
      [['allow', 'x', '--task', 'a00000000'], 'There is no task a00000000.'],
      [['allow', 'x', '--task', 'a00000000', '--everywhere'], 'A rule applies in one place only.'],
      [['maybe', 'x'], 'Allowed choices are allow, ask, deny.'],
    ] as const) {
      const { code, stdout, stderr } = await cli('rule', 'add', ...args);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toContain(words);
    }
    expect((await cli('rule', 'set', 'u00000000')).stderr).toContain('Nothing to set.');
    expect((await cli('rule', 'set', 'u00000000', '--on')).stderr).toContain('There is no rule u00000000.');
    expect((await cli('rule', 'remove', 'x')).stderr).toContain('“x” is not a rule id');
    expect(await rules()).toEqual([]);
  });

  it('can be tried: who would answer, and why, for each part of a command', async () => {
    const rule = await added('allow', 'npm run *');
    expect((await cli('rule', 'try', 'npm run build', '--autonomy', 'ask')).stdout).toBe(
      `allow  A rule says: Allow commands that begin with “npm run”. (${rule.id})\n`,
    );
    expect((await cli('rule', 'try', 'npm run build && curl x', '--autonomy', 'auto')).stdout).toBe(
      [
        'ask    Auto mode asks before network access (`curl`).',
        '  allow  npm run build: Auto mode allows it.',
        '  ask    curl x: Network access (`curl`).',
        '',
      ].join('\n'),
    );
    expect((await cli('rule', 'try', 'git push --force')).stdout).toBe(
      'ask    Pushing with force always needs approval.\n',
    );
    expect((await cli('rule', 'try', 'src/a.ts', '--tool', 'Edit', '--autonomy', 'edit')).stdout).toBe(
      'allow  Edit mode allows it.\n',
    );
    const trial = JSON.parse((await cli('rule', 'try', 'curl x', '--json')).stdout);
    expect(trial).toMatchObject({ decision: 'ask', ruleId: null, reason: { by: 'autonomy', protects: null } });
    expect((await rules())[0]).toMatchObject({ uses: 0 });
  });

  it('of a project goes with the project', async () => {
    const other = await createHost();
    try {
      const scope = { type: 'project', projectId: other.projectId } as const;
      const spec = { tool: 'Bash', pattern: 'npm test', scope, decision: 'allow' } as const;
      must(await other.core.api.rules.add(spec, PERSON));
      must(await other.core.api.projects.remove({ projectId: other.projectId }, PERSON));
      expect(must(await other.core.api.rules.list({}, PERSON))).toEqual([]);
      expect(await other.core.api.rules.add(spec, PERSON)).toMatchObject({
        ok: false,
        rejection: { code: 'not-found' },
      });
    } finally {
      await other.close();
      await other.remove();
    }
  });
});
