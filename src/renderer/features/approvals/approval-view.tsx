import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ApprovalView as View } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { diffLines } from '../../ui/diff.logic.ts';
import { DiffView, SmallDiff } from '../../ui/diff-view.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import classes from './approvals.module.css';
import { markedPieces } from './marked.logic.ts';

/** Lines that are shown without a box of their own that scrolls. */
const SHORT_DIFF = 40;

type Of<T extends View['type']> = Extract<View, { type: T }>;

/** What will happen, whole and with nothing hidden. Questions are answered in a form of their own. */
export function ApprovalView({ view }: { view: View }) {
  switch (view.type) {
    case 'command':
      return <Command view={view} />;
    case 'edit':
      return <Edit view={view} />;
    case 'file':
      return <Path path={view.path} />;
    case 'plan':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className={classes.plan} tabIndex={0} aria-label="Plan">
          {view.markdown.trim() === '' ? (
            <Text c="dimmed">There is nothing to approve yet. Ask the agent for its plan.</Text>
          ) : (
            <Markdown text={view.markdown} />
          )}
          <Cut cut={view.cut} />
        </section>
      );
    case 'question':
      return null;
    case 'other':
      return <Fields view={view} />;
  }
}

function Command({ view: { command, marks, cut } }: { view: Of<'command'> }) {
  const pieces = useMemo(() => markedPieces(command, marks), [command, marks]);
  const warnings = [...new Set(marks.filter(({ level }) => level === 'danger').map(({ words }) => words))];
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={classes.command} tabIndex={0} dir="ltr">
        {pieces.map(({ text, level, words }, at) =>
          level === null ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and the text never changes.
            <mark key={at} className={classes.mark} data-level={level} title={words}>
              {text}
            </mark>
          ),
        )}
      </pre>
      <Cut cut={cut} />
      {warnings.map((words) => (
        <Text key={words} size="sm" c="var(--drover-red)">
          {words}
        </Text>
      ))}
    </>
  );
}

function Edit({ view: { path, before, after, cut } }: { view: Of<'edit'> }) {
  const lines = useMemo(() => diffLines(before ?? '', after), [before, after]);
  return (
    <>
      <Path path={path} note={before === null ? 'A new file, or all of it is replaced' : null} />
      {lines.length <= SHORT_DIFF ? (
        <SmallDiff lines={lines} most={SHORT_DIFF} />
      ) : (
        <div className={classes.diff}>
          <DiffView lines={lines} label="Change" />
        </div>
      )}
      <Cut cut={cut} />
    </>
  );
}

function Path({ path, note = null }: { path: string; note?: string | null }) {
  return (
    <div>
      <Text className={classes.path} dir="ltr">
        {revealHidden(path)}
      </Text>
      {note !== null && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </div>
  );
}

function Fields({ view: { fields, cut } }: { view: Of<'other'> }) {
  if (fields.length === 0) return <Text c="dimmed">Without any input.</Text>;
  return (
    <>
      <dl className={classes.fields}>
        {fields.map(({ name, value }) => (
          <div key={name}>
            <Text component="dt" size="xs" c="dimmed">
              {revealHidden(name)}
            </Text>
            <dd dir="auto">{revealHidden(value)}</dd>
          </div>
        ))}
      </dl>
      <Cut cut={cut} />
    </>
  );
}

function Cut({ cut }: { cut: boolean }) {
  return cut ? (
    <Text size="sm" c="var(--drover-orange)">
      This is only the beginning; the rest is too long to be shown. Deny it when in doubt.
    </Text>
  ) : null;
}
