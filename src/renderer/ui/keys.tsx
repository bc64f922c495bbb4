import { Kbd } from '@mantine/core';
import { onMac } from './actions.ts';
import { partsOf } from './keys.logic.ts';

/** Keys as little caps, each one by itself. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {partsOf(keys, onMac).map((part, index) => (
        <span key={part}>
          {index > 0 && ' '}
          <Kbd size="xs">{part}</Kbd>
        </span>
      ))}
    </span>
  );
}
