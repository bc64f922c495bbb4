import { Tabs } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Terminal } from '../../../contract/terminal/state.ts';
import { createPart, OnDemand } from '../../app/on-demand.tsx';
import { actOnce } from '../../state/act.ts';
import { useClient, useValue } from '../../state/hooks.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import {
  type Direction,
  type Layout,
  layoutFor,
  layoutIn,
  showing,
  splitWith,
  withoutActive,
} from './layouts.logic.ts';
import { layouts, setLayout } from './layouts.ts';
import { Strip } from './strip.tsx';
import classes from './terminal.module.css';
import { restartTerminal } from './terminal-acts.ts';
import { useOrder } from './use-order.ts';
import type { TerminalsOf } from './use-terminals.ts';

/** The terminal itself, with the library that draws it. */
const terminalView = createPart(async () => (await import('./terminal-view.tsx')).TerminalView);

/** Kept where a person wants the text of terminals for a screen reader. */
const SPOKEN = 'terminal.spoken';

interface OpenTerminalsProps {
  of: TerminalsOf;
  /** The name of that place in what is kept. */
  place: string;
  /** At least one. */
  listed: readonly Terminal[];
  before: ReactNode;
  after: ReactNode;
  takesFocus: boolean;
}

/** Terminals in tabs, one or more of them in sight beside or below each other. */
export function OpenTerminals({ of, place, listed, before, after, takesFocus }: OpenTerminalsProps) {
  const client = useClient();
  const { terminals, move } = useOrder(listed);
  const layout = layoutFor(
    layoutIn(useValue(layouts), place),
    terminals.map(({ id }) => id),
  );
  const [finding, setFinding] = useState(false);
  const [spoken, setSpoken] = useState(() => readStored(SPOKEN) !== null);
  /** Grows whenever the active one is to have the focus. */
  const [asked, setAsked] = useState(takesFocus ? 1 : 0);
  const active = terminals.find(({ id }) => id === layout.active);
  if (active === undefined) return null;

  function show(next: Layout): void {
    setLayout(place, next);
    setFinding(false);
    setAsked((before) => before + 1);
  }
  async function open(direction?: Direction): Promise<void> {
    const opened = await actOnce(() => client.terminals.open({ ...of }));
    if (opened) show(direction ? splitWith(layout, opened.id, direction) : showing(layout, opened.id));
  }

  return (
    <Tabs
      value={active.id}
      onChange={(id) => id !== null && show(showing(layout, id))}
      activateTabWithKeyboard={false}
      className={classes.tabs}
      keepMounted={false}
      variant="pills"
      data-terminals
    >
      <Strip
        terminals={terminals}
        active={active}
        panes={layout.panes}
        spoken={spoken}
        before={before}
        after={after}
        onOpen={(direction) => void open(direction)}
        onUnsplit={() => show(withoutActive(layout))}
        onMove={move}
        onFind={() => setFinding(true)}
        onSpoken={(next) => {
          setSpoken(next);
          writeStored(SPOKEN, next ? 'on' : null);
        }}
      />
      <Tabs.Panel value={active.id} className={classes.panel}>
        <div className={classes.panes} data-direction={layout.direction}>
          {layout.panes.map((id) => {
            const terminal = terminals.find((one) => one.id === id);
            if (terminal === undefined) return null;
            const isActive = terminal === active;
            return (
              <div
                key={id}
                className={classes.pane}
                onFocusCapture={() => {
                  if (isActive) return;
                  setLayout(place, showing(layout, id));
                  setFinding(false);
                }}
              >
                <OnDemand
                  part={terminalView}
                  terminal={terminal}
                  finding={finding && isActive}
                  spoken={spoken}
                  isActive={isActive}
                  asked={asked}
                  onFinding={setFinding}
                  onRestart={() => void restartTerminal(client, terminal)}
                />
              </div>
            );
          })}
        </div>
      </Tabs.Panel>
    </Tabs>
  );
}
