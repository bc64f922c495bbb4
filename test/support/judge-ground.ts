import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../src/contract/approval/rule.ts';
import { type JudgeContext, judge } from '../../src/core/approvals/judge/judge.ts';
import { describeRule } from '../../src/core/approvals/rules/rule-words.ts';
import { namesIn, realPathOf } from '../../src/core/approvals/shell/paths.ts';
import { AGENT_FILES } from '../../src/core/backends/known-agents.ts';
import { claudeCall } from './claude-call.ts';

/** Real folders to judge tool calls in: a workspace in Drover's data in a home, with links that lead out. */
export function createJudgeGround(folder: string) {
  const root = realpathSync(folder);
  const home = join(root, 'home');
  const dataFolder = join(home, '.local/share/drover');
  const workspace = join(dataFolder, 'workspaces/one');
  for (const way of ['src/deep', 'bin', 'dist', 'docs', '.claude', 'secrets', '.husky']) {
    mkdirSync(join(workspace, way), { recursive: true });
  }
  for (const way of ['.ssh', 'other/repo/.git', '.config/gh']) mkdirSync(join(home, way), { recursive: true });
  mkdirSync(join(dataFolder, 'workspaces/two'));
  writeFileSync(join(home, '.ssh/id_ed25519'), 'key');
  writeFileSync(join(dataFolder, 'endpoint.json'), '{}');
  writeFileSync(join(workspace, '.git'), 'gitdir: elsewhere');
  writeFileSync(join(workspace, 'secrets/server.pem'), 'key');
  writeFileSync(join(workspace, 'src/a.ts'), 'text');
  symlinkSync(join(home, 'other'), join(workspace, 'out'));
  symlinkSync(join(home, 'other'), join(workspace, 'docs/linked'));
  symlinkSync('../src', join(workspace, 'docs/code'));
  symlinkSync('/usr/bin/curl', join(workspace, 'bin/fetch'));
  symlinkSync(join(home, 'elsewhere.sh'), join(workspace, 'bin/away.sh'));

  /** WORKSPACE, DATA and HOMEFOLDER stand for the folders. */
  const fill = (text: string) =>
    text.replaceAll('WORKSPACE', workspace).replaceAll('DATA', dataFolder).replaceAll('HOMEFOLDER', home);
  const context = (given: Partial<JudgeContext> = {}): JudgeContext => ({
    autonomy: 'ask',
    workspace,
    home,
    dataFolder,
    agents: AGENT_FILES,
    realpath: (path) => realPathOf(path),
    names: namesIn,
    defaultBranch: 'main',
    lifted: [],
    rules: [],
    ...given,
  });
  return {
    workspace,
    home,
    dataFolder,
    fill,
    context,
    judge: (
      tool: string,
      input: Record<string, unknown>,
      given: Partial<JudgeContext> = {},
      blockedPath: string | null = null,
    ) => judge(claudeCall(tool, JSON.parse(fill(JSON.stringify(input))), blockedPath), context(given)),
    /** Rules from lines such as `allow Bash npm test` or `deny Edit docs/**`, with the ids u00000001 and so on. */
    rules: (lines: readonly string[]): Rule[] => lines.map((line, index) => toRule(fill(line), index + 1)),
  };
}

function toRule(line: string, no: number): Rule {
  const [, decision, tool, pattern] = /^(allow|ask|deny) (\S+) (.*)$/s.exec(line) ?? [];
  if (!decision || !tool || !pattern) throw new Error(`no rule: ${line}`);
  const shape = { tool, pattern, decision: decision as Rule['decision'] };
  return {
    ...shape,
    id: `u${String(no).padStart(8, '0')}`,
    scope: { type: 'everywhere' },
    enabled: true,
    words: describeRule(shape),
    madeBy: 'user',
    approvalId: null,
    createdAt: no,
    lastUsedAt: null,
    uses: 0,
  };
}
