import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { CircleHelp, Pause, Play, Settings } from 'lucide-react';
import { useKeyHint } from '../../app/actions.ts';
import { go, helpOpen } from '../../app/window-state.ts';
import { useStore, useValue } from '../../state/hooks.ts';
import { labels } from './labels.ts';
import { setPaused } from './pause.tsx';
import { PlaceLink } from './place-link.tsx';
import classes from './sidebar.module.css';

const ICON = '1.15em';

/** How many tasks run and what stops or resumes them all, the settings, and the help. */
export function SidebarFoot({ running, iconsOnly }: { running: number; iconsOnly: boolean }) {
  const settings = useKeyHint('go.settings');
  const help = useKeyHint('help');
  return (
    <div className={classes.foot}>
      <Running count={running} iconsOnly={iconsOnly} />
      <PlaceLink
        icon={<Settings size={ICON} aria-hidden />}
        label={labels.settings}
        tooltip={`${labels.settings}${settings.suffix}`}
        keys={settings.aria}
        iconsOnly={iconsOnly}
        onClick={() => go({ place: 'settings' })}
      />
      <PlaceLink
        icon={<CircleHelp size={ICON} aria-hidden />}
        label={labels.helpShort}
        tooltip={`${labels.help}${help.suffix}`}
        keys={help.aria}
        iconsOnly={iconsOnly}
        onClick={() => helpOpen.set(true)}
      />
    </div>
  );
}

function Running({ count, iconsOnly }: { count: number; iconsOnly: boolean }) {
  const store = useStore();
  const paused = useValue(store.pause)?.paused === true;
  const words = labels.running(count);
  const [name, means] = paused
    ? [labels.resumeEverything, labels.resumeMeans]
    : [labels.pauseEverything, labels.pauseMeans];
  const Icon = paused ? Play : Pause;
  const toggle = () => setPaused(store, !paused);
  if (iconsOnly) {
    return (
      <Tooltip label={`${words} · ${means}`} position="right" multiline maw="18rem" events={FOCUS_TOO}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={name} onClick={toggle}>
          <Icon size={ICON} aria-hidden />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <div className={classes.running}>
      <span className={classes.dot} data-on={count > 0 || undefined} aria-hidden />
      <span className={classes.label} data-numbers>
        {words}
      </span>
      <Tooltip label={means} multiline maw="18rem" events={FOCUS_TOO}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-label={name}
          leftSection={<Icon size="1em" aria-hidden />}
          onClick={toggle}
        >
          {paused ? labels.resume : labels.pause}
        </Button>
      </Tooltip>
    </div>
  );
}

const FOCUS_TOO = { hover: true, focus: true, touch: false };
