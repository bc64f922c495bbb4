import type { RuleSpec } from '../../../contract/approval/rule.ts';
import { ruleServer, ruleTool } from '../../../contract/approval/rule-tool.ts';
import { ruleUse } from '../judge/match.ts';
import { shown } from '../shell/reach.ts';

const VERBS = { allow: 'Allow', ask: 'Ask about', deny: 'Deny' };

/** A rule in words for a person, without its scope: `Allow commands that begin with “npm run”`. */
export function describeRule({ tool, pattern, decision }: Pick<RuleSpec, 'tool' | 'pattern' | 'decision'>): string {
  return `${VERBS[decision]} ${matterOf(tool, pattern, decision === 'allow')}`;
}

function matterOf(tool: string, pattern: string, allows: boolean): string {
  const text = `“${shown(pattern)}”`;
  if (tool === '*') return pattern === '*' ? 'everything' : `whatever has to do with ${text}, commands and files alike`;
  const known = ruleTool(tool);
  if (known?.kind === 'command') return commandsOf(pattern, allows);
  const use = ruleUse(tool);
  if (use !== null) {
    const by = allows ? ` with ${tool}` : '';
    const verb = use === 'read' ? 'reading' : 'changing';
    if (pattern === '*') return `${verb} any file${allows ? ` inside the workspace${by}` : ''}`;
    return `${verb} ${/[*?{]/.test(pattern) ? 'files' : 'the file'} ${text}${by}`;
  }
  const server = ruleServer(tool);
  if (server) return `every tool of the MCP server ${shown(server)}`;
  if (known?.about === 'address' && pattern !== '*') {
    return pattern.endsWith('*') ? `fetching what begins with “${shown(pattern.slice(0, -1))}”` : `fetching ${text}`;
  }
  if (known?.kind === 'fetch') return known.about === 'address' ? 'fetching any address' : 'searching the web';
  return `every use of the tool ${shown(tool)}`;
}

function commandsOf(pattern: string, allows: boolean): string {
  if (pattern.trim() === '*') return allows ? 'every command that stays inside the workspace' : 'every command';
  const open = /^(.*\S)\s+\*\s*$/s.exec(pattern)?.[1];
  return open ? `commands that begin with “${shown(open)}”` : `the command “${shown(pattern)}”`;
}
