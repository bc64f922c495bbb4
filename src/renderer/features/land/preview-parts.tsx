import { Text } from '@mantine/core';
import type { LandingPreview } from '../../../contract/landing/state.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { labels } from './labels.ts';
import classes from './land.module.css';

const SHOWN = 100;

/** Conflicts, commits, what is not committed, and files of a landing. */
export function PreviewParts({ preview }: { preview: LandingPreview }) {
  const { conflicts, commits, uncommitted, files, leftOut } = preview;
  return (
    <>
      {conflicts.length > 0 && (
        <>
          <Part
            heading={labels.conflicts(conflicts.length)}
            lines={conflicts.map(({ path, words }) => `${path}: ${words}`)}
            total={conflicts.length}
          />
          <Text size="sm">{labels.conflictHint}</Text>
        </>
      )}
      <Part
        heading={labels.commits(commits.total)}
        lines={commits.list.map(({ commit, subject }) => `${commit} ${subject}`)}
        total={commits.total}
      />
      <Part heading={labels.uncommitted(uncommitted.total)} lines={uncommitted.paths} total={uncommitted.total} />
      <Part
        heading={labels.files(files.total)}
        lines={files.list.map(
          ({ path, status, insertions, deletions }) =>
            `${path} ${status}${insertions === null ? '' : ` +${insertions} −${deletions ?? 0}`}`,
        )}
        total={files.total}
      />
      {leftOut.map((words) => (
        <Text key={words} size="sm" c="dimmed" className={classes.part}>
          {visibleLine(words, 500)}
        </Text>
      ))}
    </>
  );
}

function Part({ heading, lines, total }: { heading: string; lines: readonly string[]; total: number }) {
  if (total === 0) return null;
  const shown = lines.slice(0, SHOWN);
  return (
    <section aria-label={heading}>
      <Text size="xs" fw={600} c="dimmed">
        {heading}
      </Text>
      <ul className={classes.list} tabIndex={shown.length > 6 ? 0 : undefined} aria-label={heading}>
        {shown.map((line) => (
          <li key={line} className={classes.part} dir="auto">
            {visibleLine(line, 300)}
          </li>
        ))}
        {total > shown.length && <li>{labels.more(total - shown.length)}</li>}
      </ul>
    </section>
  );
}
