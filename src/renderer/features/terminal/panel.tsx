import { useState } from 'react';
import { createPart, OnDemand } from '../../app/on-demand.tsx';
import { useValue } from '../../state/hooks.ts';
import { readSize } from '../../ui/split.logic.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { readStored, writeStored } from '../../ui/stored.ts';
import { labels } from './labels.ts';
import classes from './panel.module.css';
import { closePanel, panelOpen } from './panel-state.ts';

const HEIGHT = { least: 140, usual: 280, most: 900, step: 24 };
const STORED = 'terminals.height';

const content = createPart(async () => (await import('./panel-content.tsx')).PanelContent);

/** Terminals at the foot of the window, below whatever it shows. */
export function TerminalPanel() {
  const open = useValue(panelOpen);
  const [height, setHeight] = useState(() => readSize(HEIGHT, readStored(STORED)));
  if (!open) return null;
  return (
    <>
      <Splitter
        label={labels.panelHeight}
        size={height}
        range={HEIGHT}
        side="below"
        onChange={(next) => {
          setHeight(next);
          writeStored(STORED, String(next));
        }}
      />
      <section
        data-panel
        className={classes.panel}
        style={{ height }}
        aria-label={labels.panel}
        onKeyDown={(event) => {
          const { target, currentTarget } = event;
          // Not from a menu of it, which is elsewhere in the page, nor from a terminal.
          if (event.key !== 'Escape' || event.defaultPrevented || !(target instanceof Element)) return;
          if (!currentTarget.contains(target) || target.closest('[data-own-keys]')) return;
          event.stopPropagation();
          closePanel();
        }}
      >
        <OnDemand part={content} />
      </section>
    </>
  );
}
