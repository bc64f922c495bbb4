import { UnstyledButton } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { createContext, type ReactNode, useContext, useState } from 'react';
import type { Tone } from '../../../../contract/words/event.ts';
import { TONE_COLORS } from '../tone.ts';
import classes from './conversation.module.css';

/** What was opened in a list whose rows come and go: a row that is drawn again is as it was left. */
export const OpenedContext = createContext<Map<string, boolean>>(new Map());

/** Whether something of that name is open, and how to change it. */
export function useOpened(name: string, initially = false): [boolean, (open: boolean) => void] {
  const memory = useContext(OpenedContext);
  const [open, setOpen] = useState(memory.get(name) ?? initially);
  return [
    open,
    (next) => {
      memory.set(name, next);
      setOpen(next);
    },
  ];
}

export interface FoldProps {
  /** Its name in the list, never that of another. */
  name: string;
  title: ReactNode;
  icon?: ReactNode;
  end?: ReactNode;
  /** How it is before anybody has opened or closed it. */
  open?: boolean;
  /** Open for now, whatever was chosen: something in it is looked for. */
  forced?: boolean;
  /** The colour of its icon. */
  tone?: Tone;
  children: ReactNode;
}

/** A line that opens to more. What is inside is made when it is opened. */
export function Fold({ name, title, icon, end, open, forced = false, tone = 'plain', children }: FoldProps) {
  const [opened, setOpened] = useOpened(name, open);
  const shown = opened || forced;
  return (
    <div>
      <UnstyledButton className={classes.fold} aria-expanded={shown} onClick={() => setOpened(!opened)}>
        {icon && (
          <span className={classes.sign} style={TONE_COLORS[tone] ? { color: TONE_COLORS[tone] } : undefined}>
            {icon}
          </span>
        )}
        <span className={classes.foldTitle}>{title}</span>
        <ChevronRight size="0.9em" aria-hidden className={classes.chevron} data-open={shown || undefined} />
        {end && <span className={classes.foldEnd}>{end}</span>}
      </UnstyledButton>
      {shown && <div className={classes.folded}>{children}</div>}
    </div>
  );
}
