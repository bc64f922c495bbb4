import type { ReactNode } from 'react';
import classes from './bar.module.css';

interface BarProps {
  icon: ReactNode;
  children: ReactNode;
  /** Left out: quiet. */
  tone?: 'needs';
}

/** One line across the window about Drover itself, with what can be done about it at its end. */
export function Bar({ icon, children, tone }: BarProps) {
  return (
    <div className={classes.bar} data-tone={tone}>
      <span className={classes.icon}>{icon}</span>
      {children}
    </div>
  );
}
