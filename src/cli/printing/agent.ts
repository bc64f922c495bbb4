import type { Agent, AgentDetail, Capabilities } from '../../contract/agent/state.ts';
import { dateTime } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { fields, table } from './table.ts';
import type { View } from './view.ts';

export function agentTable(view: View, agents: readonly Agent[]): string[] {
  return table(
    view,
    [{ title: 'NAME' }, { title: 'BACKEND' }, { title: 'MODEL' }, { title: 'DESCRIPTION', flexible: true }],
    agents.map(({ name, title, backend, model, description, limit }) => [
      { text: safeLine(name) },
      { text: safeLine(backend) },
      { text: safeLine(model ?? '') },
      limit
        ? { text: safeLine(`${title} · usage limit until ${dateTime(limit.until)}`), style: 'yellow' }
        : { text: safeLine(`${title} · ${description}`) },
    ]),
  );
}

const ABILITIES: readonly (readonly [keyof Capabilities, string])[] = [
  ['resume', 'resumes sessions'],
  ['interrupt', 'can be interrupted'],
  ['approvals', 'asks before it acts'],
  ['mcp', 'uses tools over MCP'],
  ['terminal', 'runs in a terminal'],
  ['steering', 'takes messages in mid-turn'],
  ['images', 'takes images'],
  ['usage', 'reports tokens and cost'],
];

export function agentLines(view: View, agent: AgentDetail): string[] {
  const { probe, capabilities } = agent;
  const found = probe.available ? view.paint('green', 'available') : view.paint('red', 'not available');
  return [
    `${view.paint('bold', safeLine(agent.name))}  ${safeLine(`${agent.title} · ${agent.description}`)}`,
    '',
    ...fields(view, [
      ['State', found],
      ['Usage limit', agent.limit ? `until ${dateTime(agent.limit.until)}: ${safeLine(agent.limit.words)}` : null],
      ['Problem', [probe.problem, probe.hint].filter((words) => words !== null).map(safeLine)],
      ['Backend', safeLine(agent.backend)],
      ['Program', probe.program === null ? null : safeLine([probe.program, probe.why].filter(Boolean).join(', '))],
      ['Version', probe.version === null ? null : safeLine(probe.version)],
      ['Login', probe.login === 'not-needed' ? 'not needed' : probe.login],
      ['Model', agent.model === null ? null : safeLine(agent.model)],
      ['Effort', agent.effort === null ? null : safeLine(agent.effort)],
      ['Models', capabilities.models.map(safeLine).join(', ')],
      ['Efforts', capabilities.efforts.map(safeLine).join(', ')],
      [
        'Can',
        ABILITIES.filter(([name]) => capabilities[name])
          .map(([, words]) => words)
          .join(', '),
      ],
    ]),
  ];
}
