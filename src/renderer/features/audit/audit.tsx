import { Modal, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { ApprovalCard } from '../approvals/approval-card.tsx';
import { filterOf, NOTHING_CHOSEN } from './audit.logic.ts';
import classes from './audit.module.css';
import { Decisions } from './decisions.tsx';
import { Filters } from './filters.tsx';
import { labels } from './labels.ts';

/** The section of the settings with everything that was asked for, and who or what decided it, newest first. */
export function Audit() {
  const [chosen, setChosen] = useState(NOTHING_CHOSEN);
  const [settled] = useDebouncedValue(chosen, 200);
  const filter = useMemo(() => filterOf(settled), [settled]);
  const [looked, setLooked] = useState<string | null>(null);
  return (
    <div className={classes.audit}>
      <Text size="sm" c="dimmed">
        {labels.intro}
      </Text>
      <Filters chosen={chosen} onChange={setChosen} filter={filter} />
      <Decisions key={JSON.stringify(filter)} filter={filter} onOpen={setLooked} />
      <Modal
        opened={looked !== null}
        onClose={() => setLooked(null)}
        title={labels.detail}
        size="xl"
        centered
        padding={0}
      >
        {looked !== null && <ApprovalCard approvalId={looked} />}
      </Modal>
    </div>
  );
}
