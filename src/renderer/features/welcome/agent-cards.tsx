import { Button, Code, CopyButton, Group, Loader, Text } from '@mantine/core';
import { Check, CircleAlert, Copy } from 'lucide-react';
import { useNow } from '../../state/hooks.ts';
import { visible } from '../../ui/text.logic.ts';
import { WithCode } from '../../ui/with-code.tsx';
import classes from './agent-cards.module.css';
import type { AgentState } from './agent-state.logic.ts';
import { labels } from './labels.ts';
import type { Found, FoundAgent } from './use-found.ts';

/** Each agent that needs a program: whether it is ready, and if not, the command that helps. */
export function AgentCards({ agents, gitProblem, checking, checkedAt, check }: Found) {
  const now = useNow(checkedAt !== null, 60_000);
  return (
    <div className={classes.cards}>
      {gitProblem !== null && (
        <div className={classes.card} data-kind="broken">
          <Text size="sm">
            <WithCode text={visible(gitProblem)} />
          </Text>
        </div>
      )}
      {agents.map((found) => (
        <AgentCard key={found.agent.name} {...found} />
      ))}
      <Group gap="xs">
        <Button size="compact-sm" variant="default" loading={checking} onClick={check}>
          {labels.checkAgain}
        </Button>
        <Text size="xs" c="dimmed" role="status">
          {!checking && checkedAt !== null && labels.checked(checkedAt, Math.max(now, checkedAt))}
        </Text>
      </Group>
    </div>
  );
}

function AgentCard({ agent, state }: FoundAgent) {
  return (
    <section className={classes.card} aria-label={agent.title} data-kind={state?.kind}>
      <div className={classes.head}>
        <StateIcon state={state} />
        <Text fw={600} size="sm">
          {agent.title}
        </Text>
        <Text size="sm" c="dimmed" className={classes.words}>
          {state === null ? labels.checking : <WithCode text={visible(state.brief)} />}
        </Text>
      </div>
      {state?.remedy != null && (
        <div className={classes.remedy}>
          <Text size="xs" c="dimmed">
            {labels.inTerminal}
          </Text>
          <Code className={classes.command}>{state.remedy}</Code>
          <CopyButton value={state.remedy}>
            {({ copied, copy }) => (
              <Button
                size="compact-xs"
                variant="default"
                leftSection={copied ? <Check size="1em" aria-hidden /> : <Copy size="1em" aria-hidden />}
                onClick={copy}
              >
                {labels.copyCommand}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
      {state?.hint != null && state.remedy === null && (
        <Text size="xs" c="dimmed">
          <WithCode text={visible(state.hint)} />
        </Text>
      )}
    </section>
  );
}

function StateIcon({ state }: { state: AgentState | null }) {
  if (state === null) return <Loader size="1em" aria-hidden />;
  if (state.isReady) return <Check className={classes.good} size="1.1em" aria-label={labels.isReady} />;
  return <CircleAlert className={classes.bad} size="1.1em" aria-label={labels.notReady} />;
}
