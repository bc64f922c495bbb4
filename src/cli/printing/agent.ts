import type { Agent, AgentDetail, Capabilities } from '../../contract/agent/state.ts';
import { safeLine } from './sanitise.ts';
import { fields, table } from './table.ts';
import type { View } from './view.ts';

export function agentTable(view: View, agents: readonly Agent[]): string[] {
  return table(
    view,
    [{ title: 'NAME' }, { title: 'BACKEND' }, { title: 'MODEL' }, { title: 'DESCRIPTION', flexible: true }],
    agents.map(({ name, backend, model, description }) => [
      { text: safeLine(name) },
      { text: safeLine(backend) },
      { text: safeLine(model ?? '') },
      { text: safeLine(description) },
    ]),
  );
}

const ABILITIES: readonly (readonly [keyof Capabilities, string])[] = [
  ['resume', 'resumes sessions'],
  ['interrupt', 'can be interrupted'],
  ['approvals', 'asks before it acts'],
  ['mcp', 'uses tools over MCP'],
  ['usage', 'reports tokens and cost'],
];

export function agentLines(view: View, agent: AgentDetail): string[] {
  const { probe, capabilities } = agent;
  const found = probe.available ? view.paint('green', 'available') : view.paint('red', 'not available');
  return [
    `${view.paint('bold', safeLine(agent.name))}  ${safeLine(agent.description)}`,
    '',
    ...fields(view, [
      ['State', found],
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
