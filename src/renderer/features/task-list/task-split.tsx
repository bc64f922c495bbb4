import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { readSize } from '../../ui/split.logic.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { readStored, writeStored } from '../../ui/stored.ts';
import { sizes } from '../../ui/theme.ts';
import { labels } from './labels.ts';
import classes from './task-list.module.css';
import { TaskList } from './task-list.tsx';

const WIDTH = { least: 220, usual: 300, most: 520, step: 16 };

/** An open task with the list of tasks at its left, where there is room for one. */
export function TaskSplit({ taskId, children }: { taskId: string; children: ReactNode }) {
  const beside = useMediaQuery(`(min-width: ${sizes.listBeside}px)`, true, { getInitialValueInEffect: false });
  const [width, setWidth] = useState(() => readSize(WIDTH, readStored('tasks.width')));
  // The task has one place, so that it stays as it is, its tab and what is typed, when the width changes.
  return (
    <>
      {beside && (
        <>
          <div className={classes.side} style={{ width }}>
            <TaskList openId={taskId} />
          </div>
          <Splitter
            label={labels.splitter}
            size={width}
            range={WIDTH}
            side="left"
            onChange={(next) => {
              setWidth(next);
              writeStored('tasks.width', String(next));
            }}
          />
        </>
      )}
      {children}
    </>
  );
}
