import { Button, Highlight, Text } from '@mantine/core';
import { createContext, type ReactNode, useContext, useId } from 'react';
import { labels } from './labels.ts';
import classes from './settings.module.css';
import type { SaveState } from './use-save.ts';

/** The words that are searched for; they are marked wherever they occur. */
export const SearchContext = createContext<readonly string[]>([]);

export function Marked({ children }: { children: string }) {
  const words = useContext(SearchContext);
  if (words.length === 0) return children;
  return (
    <Highlight component="span" inherit highlight={[...words]}>
      {children}
    </Highlight>
  );
}

/** What a control needs to be named and explained by the words around it. */
export interface Naming {
  readonly 'aria-labelledby': string;
  readonly 'aria-describedby': string;
}

export interface RowProps {
  label: string;
  help: string;
  state: SaveState;
  /** A “?” with more to read, behind the help. */
  hint?: ReactNode;
  /** Shown behind the help, such as the default. */
  more?: ReactNode;
  /** Puts the default back; null when it is the default. */
  onReset?: (() => void) | null;
  /** Below each other: for controls that need the whole width. */
  tall?: boolean;
  children(naming: Naming): ReactNode;
}

/** One thing that can be set: words at the left, the control at the right, and how saving went below it. */
export function Row({ label, help, hint, state, more, onReset, tall, children }: RowProps) {
  const id = useId();
  return (
    <div className={classes.row} data-tall={tall || undefined}>
      <div>
        <Text size="sm" fw={550} id={`${id}-label`}>
          <Marked>{label}</Marked>
        </Text>
        <Text size="xs" c="dimmed" id={`${id}-help`} component="div">
          <Marked>{help}</Marked>
          {hint && <> {hint}</>}
          {more && <span> {more}</span>}
          {onReset && (
            <Button size="compact-xs" variant="subtle" ml="xs" aria-label={labels.resetOne(label)} onClick={onReset}>
              {labels.reset}
            </Button>
          )}
        </Text>
      </div>
      <div className={classes.control} data-control>
        {children({
          'aria-labelledby': `${id}-label`,
          'aria-describedby': `${id}-help ${id}-state`,
        })}
        <Said id={`${id}-state`} state={state} />
      </div>
    </div>
  );
}

/** How saving went; it is read out, and takes no room while there is nothing to say. */
export function Said({ id, state }: { id?: string; state: SaveState }) {
  return (
    <div id={id} aria-live="polite" className={classes.said}>
      {state.kind === 'saved' && (
        <Text size="xs" c="var(--drover-done)">
          {labels.saved}
        </Text>
      )}
      {state.kind === 'refused' && (
        <Text size="xs" c="var(--drover-danger)" role="alert">
          {state.words}
        </Text>
      )}
    </div>
  );
}
