import { Text, Title } from '@mantine/core';
import { Lock } from 'lucide-react';
import { PROTECTED_WORDS, protectedThing } from '../../../contract/approval/state.ts';
import { useProjects } from '../../state/hooks.ts';
import { labels } from './labels.ts';
import { alwaysWhere } from './rule.logic.ts';
import classes from './rules.module.css';

/** What no rule answers, as rows that cannot be changed. */
export function AlwaysAsks() {
  const projects = useProjects() ?? [];
  return (
    <section aria-labelledby="always-asks">
      <Title order={3} size="h6" id="always-asks">
        {labels.always.title}
      </Title>
      <Text size="xs" c="dimmed">
        {labels.always.intro}
      </Text>
      <ul className={classes.locked}>
        {protectedThing.options.map((thing) => (
          <li key={thing}>
            <Lock size="1em" aria-label={labels.always.locked} />
            <Text size="sm" className={classes.says}>
              {PROTECTED_WORDS[thing]}
            </Text>
            <Text size="xs" c="dimmed">
              {alwaysWhere(thing, projects)}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
