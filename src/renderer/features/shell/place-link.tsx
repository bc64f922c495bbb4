import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './sidebar.module.css';

interface PlaceLinkProps {
  icon: ReactNode;
  label: string;
  /** At the end of the line; on the corner of the icon where only icons are shown. */
  badge?: ReactNode;
  /** Read after the label to those who do not see the line. */
  more?: string;
  /** Whether one is there. */
  here?: boolean;
  iconsOnly: boolean;
  /** Shown at the mouse; left out: the label where it is not shown. */
  tooltip?: string;
  keys?: string;
  onClick(): void;
}

/** A line of the sidebar that leads somewhere. */
export function PlaceLink({ icon, label, badge, more, here, iconsOnly, tooltip, keys, onClick }: PlaceLinkProps) {
  return (
    <Tooltip
      label={tooltip ?? label}
      position="right"
      multiline
      maw="18rem"
      openDelay={iconsOnly ? 0 : 400}
      disabled={!iconsOnly && tooltip === undefined}
      events={{ hover: true, focus: iconsOnly, touch: false }}
    >
      <UnstyledButton
        className={classes.link}
        data-icons={iconsOnly || undefined}
        aria-current={here ? 'page' : undefined}
        aria-keyshortcuts={keys}
        aria-description={more}
        onClick={onClick}
      >
        <span className={classes.icon}>{icon}</span>
        {iconsOnly ? <VisuallyHidden>{label}</VisuallyHidden> : <span className={classes.label}>{label}</span>}
        {badge}
      </UnstyledButton>
    </Tooltip>
  );
}
