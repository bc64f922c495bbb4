import { Kbd } from '@mantine/core';
import { onMac, partsOf, writeKeys } from './keys.logic.ts';
import classes from './keys.module.css';

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

/** Keys on a button, in small print; its name does not have them. */
export function ButtonKeys({ keys }: { keys: string }) {
  return (
    <span className={classes.onButton} aria-hidden>
      {writeKeys(keys, onMac)}
    </span>
  );
}
