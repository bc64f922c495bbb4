import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ApprovalView as View } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { diffLines } from '../../ui/diff.logic.ts';
import { DiffView, SmallDiff } from '../../ui/diff-view.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import classes from './approvals.module.css';
import { labels } from './labels.ts';
import { markedPieces } from './marked.logic.ts';

const words = labels.view;

/** Lines that are shown without a box of their own that scrolls. */
const SHORT_DIFF = 40;

type Of<T extends View['type']> = Extract<View, { type: T }>;

/** What will happen, whole and with nothing hidden. Questions are answered in a form of their own. */
export function ApprovalView({ view, title }: { view: View; title: string }) {
  switch (view.type) {
    case 'command':
      return <Command view={view} />;
    case 'edit':
      return <Edit view={view} title={title} />;
    case 'file':
      return <Path path={view.path} title={title} />;
    case 'plan':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className={classes.plan} tabIndex={0} aria-label={words.plan}>
          {view.markdown.trim() === '' ? <Text c="dimmed">{words.noPlan}</Text> : <Markdown text={view.markdown} />}
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
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={classes.command} tabIndex={0} dir="ltr">
        {pieces.map(({ text, level, words: risk }, at) =>
          level === null ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and the text never changes.
            <mark key={at} className={classes.mark} data-level={level} title={risk}>
              {text}
            </mark>
          ),
        )}
      </pre>
      <Cut cut={cut} />
    </>
  );
}

function Edit({ view: { path, before, after, cut }, title }: { view: Of<'edit'>; title: string }) {
  const lines = useMemo(() => diffLines(before ?? '', after), [before, after]);
  return (
    <>
      <Path path={path} title={title} note={before === null ? words.replaces : null} />
      {lines.length <= SHORT_DIFF ? (
        <SmallDiff lines={lines} most={SHORT_DIFF} />
      ) : (
        <div className={classes.diff}>
          <DiffView lines={lines} label={words.change} />
        </div>
      )}
      <Cut cut={cut} />
    </>
  );
}

/** The path, unless the title ends with it. */
function Path({ path, title, note = null }: { path: string; title: string; note?: string | null }) {
  const shown = revealHidden(path);
  const isToldAlready = title.endsWith(shown);
  if (isToldAlready && note === null) return null;
  return (
    <div>
      {!isToldAlready && (
        <Text className={classes.path} dir="ltr">
          {shown}
        </Text>
      )}
      {note !== null && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </div>
  );
}

function Fields({ view: { fields, cut } }: { view: Of<'other'> }) {
  if (fields.length === 0) return <Text c="dimmed">{words.noInput}</Text>;
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
    <Text size="sm" c="var(--drover-needs)">
      {words.cut}
    </Text>
  ) : null;
}
