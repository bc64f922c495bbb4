import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef } from 'react';
import { linesWords } from '../../../../contract/words/workspace.ts';
import type { ChangedFile } from '../../../../contract/workspace/state.ts';
import { visible } from '../../../ui/text.logic.ts';
import { sizes } from '../../../ui/theme.ts';
import { labels } from '../labels.ts';
import classes from '../task.module.css';
import { TONE_COLORS } from '../tone.ts';
import { FILE_WORDS, sumOf } from './changes.logic.ts';
import own from './changes.module.css';

interface ChangedFilesProps {
  files: readonly ChangedFile[];
  total: number;
  chosen: string;
  onChoose(path: string): void;
}

/** The files; arrow keys go from one to the next. */
export function ChangedFiles({ files, total, chosen, onChoose }: ChangedFilesProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = files.findIndex(({ path }) => path === chosen);
  const list = useVirtualizer({
    count: files.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => files[index]?.path ?? index,
    estimateSize: () => sizes.codeLine,
    overscan: 10,
  });
  function onKeyDown(event: React.KeyboardEvent): void {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: files.length - 1 }[event.key];
    const file = to === undefined ? undefined : files[to];
    if (to === undefined) return;
    event.preventDefault();
    if (!file) return;
    onChoose(file.path);
    list.scrollToIndex(to);
  }
  const sum = sumOf(files, total);
  return (
    <div className={own.files}>
      <div className={own.sum}>
        <b>{labels.changes.files(total)}</b>
        {sum.isLeast && labels.changes.atLeast}
        <Lines insertions={sum.insertions} deletions={sum.deletions} />
        {total > files.length && labels.changes.onlyFirst(files.length)}
      </div>
      <div
        ref={box}
        className={own.fileList}
        role="listbox"
        tabIndex={0}
        aria-label={labels.changes.list}
        aria-activedescendant={`${id}-${at}`}
        onKeyDown={onKeyDown}
      >
        <div className={classes.all} style={{ height: list.getTotalSize() }} role="presentation">
          {list.getVirtualItems().map((item) => {
            const file = files[item.index];
            if (!file) return null;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys.
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                id={`${id}-${item.index}`}
                role="option"
                tabIndex={-1}
                aria-selected={item.index === at}
                className={own.file}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => onChoose(file.path)}
              >
                <StatusLetter file={file} />
                <span className={own.path}>{visible(file.path)}</span>
                <FileLines file={file} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** What became of a file, in one coloured letter. */
export function StatusLetter({ file }: { file: ChangedFile }) {
  const { letter, words, tone } = FILE_WORDS[file.status];
  return (
    <span className={own.letter} style={{ color: TONE_COLORS[tone] }} title={words} role="img" aria-label={words}>
      {letter}
    </span>
  );
}

/** How many lines of a file have changed. */
export function FileLines({ file }: { file: ChangedFile }) {
  const words = linesWords(file);
  if (words !== null) return <span className={own.lines}>{words}</span>;
  return <Lines insertions={file.insertions ?? 0} deletions={file.deletions ?? 0} />;
}

function Lines({ insertions, deletions }: { insertions: number; deletions: number }) {
  return (
    <span className={own.lines}>
      {insertions > 0 && <span style={{ color: TONE_COLORS.good }}>+{insertions}</span>}
      {deletions > 0 && <span style={{ color: TONE_COLORS.problem }}>−{deletions}</span>}
    </span>
  );
}
