import { closestCenter, DndContext, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { horizontalListSortingStrategy, SortableContext, useSortable } from '@dnd-kit/sortable';
import { Tabs } from '@mantine/core';
import type { Terminal } from '../../../contract/terminal/state.ts';
import { ariaKeys, keysOf, onMac } from '../../ui/keys.logic.ts';
import { labels } from './labels.ts';
import classes from './terminal.module.css';

/** A press that moves less is a click. */
const MOUSE = { activationConstraint: { distance: 6 } };
/** The order of the tabs says it. */
const SILENT = {
  announcements: { onDragStart: () => '', onDragOver: () => '', onDragEnd: () => '', onDragCancel: () => '' },
  screenReaderInstructions: { draggable: '' },
};
const LEFT = 'mod+shift+arrowleft';
const RIGHT = 'mod+shift+arrowright';

interface TabListProps {
  terminals: readonly Terminal[];
  /** Those in sight, by their ids. */
  panes: readonly string[];
  onMove(id: string, to: number): void;
}

/** The tabs of terminals, ordered by dragging or by keys. */
export function TabList({ terminals, panes, onMove }: TabListProps) {
  const sensors = useSensors(useSensor(PointerSensor, MOUSE));
  const ids = terminals.map(({ id }) => id);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={SILENT}
      onDragEnd={({ active, over }) => {
        if (over !== null) onMove(String(active.id), ids.indexOf(String(over.id)));
      }}
    >
      <SortableContext items={ids} strategy={horizontalListSortingStrategy}>
        <Tabs.List aria-label={labels.terminals} className={classes.list}>
          {terminals.map((terminal, at) => (
            <Tab
              key={terminal.id}
              terminal={terminal}
              inSight={panes.length > 1 && panes.includes(terminal.id)}
              onMove={(by) => onMove(terminal.id, at + by)}
            />
          ))}
        </Tabs.List>
      </SortableContext>
    </DndContext>
  );
}

interface TabProps {
  terminal: Terminal;
  inSight: boolean;
  onMove(by: number): void;
}

function Tab({ terminal: { id, name, title, state }, inSight, onMove }: TabProps) {
  const { setNodeRef, listeners, transform, transition } = useSortable({ id });
  return (
    <Tabs.Tab
      ref={setNodeRef}
      value={id}
      data-terminal-tab={id}
      data-in-sight={inSight || undefined}
      title={title ?? name}
      className={classes.tab}
      style={{ transform: transform ? `translateX(${Math.round(transform.x)}px)` : undefined, transition }}
      aria-keyshortcuts={`${ariaKeys(LEFT, onMac)} ${ariaKeys(RIGHT, onMac)}`}
      {...listeners}
      onKeyDownCapture={(event) => {
        const keys = keysOf(event, onMac);
        if (keys !== LEFT && keys !== RIGHT) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(keys === LEFT ? -1 : 1);
      }}
    >
      {name}
      {state.kind === 'asleep' && ` · ${labels.asleep}`}
    </Tabs.Tab>
  );
}
