import { ActionIcon, Tooltip } from '@mantine/core';
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { copyText } from '../../../ui/copy.ts';
import { visible } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import own from './details.module.css';

/** Something known, by its name. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={own.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The same for what is copied rather than read. */
export function CopyFact({ name, value }: { name: string; value: string }) {
  const copy = labels.details.copy(name);
  return (
    <Fact name={name}>
      <span className={own.value}>{visible(value)}</span>
      <Tooltip label={copy}>
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={copy} onClick={() => void copyText(value)}>
          <Copy size="0.9em" aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Fact>
  );
}
