import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { ShieldQuestion } from 'lucide-react';
import { useSession, useValue } from '../../state/hooks.ts';
import { go } from '../../ui/window-state.ts';

/** Leads to what waits for a person, and says how much it is. */
export function ApprovalsButton() {
  const { pending } = useSession();
  const waiting = useValue(pending.list)?.total ?? 0;
  const label = waiting > 0 ? `Approvals: ${waiting} waiting` : 'Approvals';
  return (
    <Tooltip label={label}>
      <Indicator label={waiting > 99 ? '99+' : waiting} size={16} color="orange" disabled={waiting === 0} offset={4}>
        <ActionIcon
          variant="subtle"
          color={waiting > 0 ? 'orange' : 'gray'}
          aria-label={label}
          onClick={() => go({ place: 'approvals' })}
        >
          <ShieldQuestion size="1.2em" aria-hidden />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
