import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { AttachedTerminal } from '../../../contract/connection/terminal-way.ts';
import type { Terminal } from '../../../contract/terminal/state.ts';
import { useStore } from '../../state/hooks.ts';
import { askToOpen, askToPaste } from './ask.tsx';
import { filesOf } from './files-of.ts';
import { FindBar } from './find-bar.tsx';
import { type AttachState, keepAttached } from './keep-attached.ts';
import { isFindKey, isLeaveKey } from './keys.logic.ts';
import { labels } from './labels.ts';
import classes from './terminal.module.css';
import { createTerminalScreen, type TerminalScreen } from './terminal-screen.ts';
import { useTerminalLook } from './use-look.ts';

export interface TerminalViewProps {
  terminal: Terminal;
  finding: boolean;
  /** With the text for a screen reader beside what is drawn. */
  spoken: boolean;
  isActive: boolean;
  /** The active one takes the focus when this has grown, and at the beginning unless it is 0. */
  asked: number;
  onFinding(finding: boolean): void;
  onRestart(): void;
}

/** One terminal of the host, with its scrollback; what is typed goes there. */
export function TerminalView({ terminal, finding, spoken, isActive, asked, onFinding, onRestart }: TerminalViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const parts = useRef<{ screen: TerminalScreen; attached: AttachedTerminal } | null>(null);
  const [state, setState] = useState<AttachState>({ kind: 'connecting' });
  const [hidden, setHidden] = useState(0);
  const look = useTerminalLook(spoken);
  const first = useRef(look);
  const find = useRef(onFinding);
  find.current = onFinding;
  const { id, name, folder } = terminal;
  const { client, connection } = useStore();
  const { openTerminalWay: openWay } = connection;

  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    const screen = createTerminalScreen(place, {
      look: first.current,
      onInput: (bytes) => attached.input(bytes),
      onFit: (size) => attached.resize(size),
      onLink: askToOpen,
      files: filesOf(client, id, folder),
      mayPaste: askToPaste,
      isOwnKey(event) {
        if (isLeaveKey(event)) {
          if (event.type === 'keydown') tabOf(place, id)?.focus();
          return true;
        }
        if (!isFindKey(event)) return false;
        if (event.type === 'keydown') {
          event.preventDefault();
          find.current(true);
        }
        return true;
      },
    });
    const attached = keepAttached({
      terminalId: id,
      canvas: screen,
      fitting: screen.fitting,
      hasFocus: screen.hasFocus,
      openWay,
      onState: setState,
      onScrollback: (shown, available) => setHidden(Math.max(0, available - shown)),
    });
    parts.current = { screen, attached };
    return () => {
      parts.current = null;
      attached.close();
      screen.dispose();
    };
  }, [id, openWay, client, folder]);

  useEffect(() => parts.current?.screen.setLook(look), [look]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever becomes the active one otherwise has the focus already.
  useEffect(() => {
    if (isActive && asked > 0) parts.current?.screen.focus();
  }, [asked]);

  return (
    <div className={classes.view}>
      {finding && (
        <FindBar
          onFind={(text, direction) => parts.current?.screen.find(text, direction) ?? false}
          onClose={() => {
            parts.current?.screen.endFind();
            onFinding(false);
            parts.current?.screen.focus();
          }}
        />
      )}
      {hidden > 0 && (
        <Button
          className={classes.more}
          size="compact-xs"
          variant="default"
          onClick={() => parts.current?.attached.scrollback(MOST_LINES)}
        >
          {labels.more(hidden)}
        </Button>
      )}
      {/* Keys are the program's; one leads out again. */}
      <section
        ref={element}
        className={classes.screen}
        style={{ background: look.theme?.background }}
        onFocus={() => parts.current?.attached.focus()}
        data-own-keys
        aria-label={labels.screen(name)}
        aria-description={labels.leave}
      />
      {state.kind === 'connecting' && (
        <Text role="status" size="sm" c="dimmed" className={classes.bar}>
          {labels.connecting}
        </Text>
      )}
      {state.kind === 'refused' && (
        <Text role="alert" size="sm" className={classes.bar}>
          {state.message}
        </Text>
      )}
      {terminal.state.kind === 'exited' && (
        <Group gap="sm" className={classes.bar}>
          <Text role="status" size="sm">
            {labels.exited(terminal.ofAgent ? 'agent' : 'shell', terminal.state.code, terminal.state.signal)}
          </Text>
          {!terminal.ofAgent && (
            <Button size="compact-sm" variant="default" onClick={onRestart}>
              {labels.restart}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

/** Its tab in the same place: it may be shown in another one as well. */
function tabOf(element: HTMLElement, id: string): HTMLElement | null {
  const place = element.closest('[data-terminals]');
  return place?.querySelector<HTMLElement>(`[data-terminal-tab="${id}"]`) ?? null;
}

const MOST_LINES = 10_000;
