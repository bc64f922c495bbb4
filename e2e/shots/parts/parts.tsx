import { ActionIcon, Alert, Badge, Button, Checkbox, Loader, Switch, TextInput, Title } from '@mantine/core';
import { Ellipsis, Hourglass, Pause, Plus } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { STATE_WORDS } from '../../../src/contract/words/state.ts';
import { TaskCard } from '../../../src/renderer/features/board/task-card.tsx';
import list from '../../../src/renderer/features/list/list.module.css';
import { ListRow } from '../../../src/renderer/features/list/list-row.tsx';
import { STATE_COLORS } from '../../../src/renderer/features/task/tone.ts';
import { Bar } from '../../../src/renderer/ui/bar.tsx';
import { CommandWords, QuotingHelp } from '../../../src/renderer/ui/command-words.tsx';
import { diffLines } from '../../../src/renderer/ui/diff.logic.ts';
import { DiffView } from '../../../src/renderer/ui/diff-view.tsx';
import { HelpHint } from '../../../src/renderer/ui/help-hint.tsx';
import { ButtonKeys, Keys } from '../../../src/renderer/ui/keys.tsx';
import { Link } from '../../../src/renderer/ui/link.tsx';
import { Markdown } from '../../../src/renderer/ui/markdown.tsx';
import { notifyUndo } from '../../../src/renderer/ui/notify-undo.tsx';
import { Splitter } from '../../../src/renderer/ui/splitter.tsx';
import { sizes } from '../../../src/renderer/ui/theme.ts';
import { WithCode } from '../../../src/renderer/ui/with-code.tsx';
import classes from './parts.module.css';
import { AFTER, BEFORE, CARDS, REPORT } from './samples.ts';

const TEXTS = ['xs', 'sm', 'md', 'lg', 'xl'] as const;
const SPACES = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl'] as const;
const CORNERS = ['xs', 'sm', 'md', 'lg', 'xl'] as const;
const ROLES = ['running', 'needs', 'done', 'danger'] as const;
const GROUNDS = ['surface', 'raised', 'hover', 'line', 'line-strong', 'code', 'added', 'removed'] as const;

/** Every part of the window in every state that it has a look for. */
export function Parts() {
  return (
    <main className={classes.page}>
      <Part name="Text, space and corners">
        {TEXTS.map((size) => (
          <span key={size} style={{ fontSize: `var(--mantine-font-size-${size})` }}>
            Text {size}
          </span>
        ))}
        <Title order={1}>Title of a page</Title>
        <div className={classes.line}>
          {SPACES.map((size) => (
            <span
              key={size}
              title={size}
              className={classes.space}
              style={{ width: `var(--mantine-spacing-${size})` }}
            />
          ))}
          {CORNERS.map((size) => (
            <span key={size} className={classes.swatch} style={{ borderRadius: `var(--mantine-radius-${size})` }}>
              {size}
            </span>
          ))}
        </div>
      </Part>

      <Part name="Colours: a state, and nothing else">
        {ROLES.map((role) => (
          <div key={role} className={classes.line}>
            <span style={{ color: `var(--drover-${role})` }}>{role}</span>
            <span
              className={classes.swatch}
              style={{ background: `var(--drover-${role}-tint)`, color: `var(--drover-${role})` }}
            >
              its pill or banner
            </span>
            <span className={classes.swatch} style={{ background: `var(--drover-${role}-fill)` }}>
              &emsp;&emsp;
            </span>
          </div>
        ))}
        <div className={classes.line}>
          {GROUNDS.map((ground) => (
            <span key={ground} className={classes.swatch} style={{ background: `var(--drover-${ground})` }}>
              {ground}
            </span>
          ))}
        </div>
      </Part>

      <Part name="Buttons">
        <div className={classes.line}>
          <Button rightSection={<ButtonKeys keys="mod+Enter" />}>Start</Button>
          <Button variant="default">Save as draft</Button>
          <Button variant="subtle" color="gray">
            Skip setup
          </Button>
          <Button color="red">Delete</Button>
          <Button disabled>Not now</Button>
          <Button loading>Wait</Button>
        </div>
        <div className={classes.line}>
          <Button size="compact-sm" variant="default" leftSection={<Plus size="1em" aria-hidden />}>
            Add item
          </Button>
          <ActionIcon variant="subtle" color="gray" aria-label="More">
            <Ellipsis size="1.1em" aria-hidden />
          </ActionIcon>
          <Keys keys="mod+k" />
          <Loader size="sm" aria-label="Loading" />
        </div>
      </Part>

      <Part name="Pills: the states of a task">
        <div className={classes.line}>
          {Object.entries(STATE_WORDS).map(([state, { words, tone }]) => (
            <Badge key={state} variant="light" color={tone} c={STATE_COLORS[tone]} tt="none" radius="sm">
              {words}
            </Badge>
          ))}
        </div>
      </Part>

      <Part name="Cards">
        <div className={classes.cards}>
          {CARDS.map((task, at) => (
            <TaskCard
              key={task.id}
              task={task}
              context=""
              selected={at === 5}
              selecting={false}
              tabbable={false}
              dragged={false}
            />
          ))}
        </div>
      </Part>

      <Part name="Rows">
        <table className={list.grid} style={{ '--list-grid': 'var(--list-title) var(--list-status)' } as CSSProperties}>
          <tbody className={list.body} style={{ height: CARDS.length * sizes.row }}>
            {CARDS.map((task, at) => (
              <ListRow
                key={task.id}
                task={task}
                columns={['title', 'status']}
                projectName=""
                agentTitle=""
                rowIndex={at + 1}
                start={at * sizes.row}
                selected={at === 5}
                open={false}
                tabbable={false}
              />
            ))}
          </tbody>
        </table>
      </Part>

      <Part name="Bars and banners">
        <div className={classes.rows}>
          <Bar icon={<Pause size="1.1em" aria-hidden />} tone="needs">
            <span>Drover is paused. Nothing starts.</span>
            <Button size="compact-sm" variant="default">
              Resume
            </Button>
          </Bar>
          <Bar icon={<Hourglass size="1.1em" aria-hidden />}>
            <span>Claude Code has reached its usage limit. Its tasks continue at 18:30.</span>
            <Button size="compact-sm" variant="default">
              Resume now
            </Button>
          </Bar>
        </div>
        <Alert color="red" variant="light">
          The agent is not signed in.
        </Alert>
        <div className={classes.line}>
          <Button size="compact-sm" variant="default" onClick={() => notifyUndo('Archived.', () => {})}>
            A notice with Undo
          </Button>
        </div>
      </Part>

      <Part name="Fields">
        <TextInput label="Branch prefix" description="Of the branches of tasks" defaultValue="drover/" />
        <TextInput label="Editor" error="This program was not found." defaultValue="kode" />
        <div className={classes.line}>
          <Checkbox label="I trust this repository" defaultChecked />
          <Switch label="On" defaultChecked />
          <HelpHint label="What trust means">Its own hooks may run.</HelpHint>
          <QuotingHelp />
        </div>
        <CommandWords commands={[['npm', 'run', 'my check']]} />
      </Part>

      <Part name="What an agent says and does">
        <Markdown text={REPORT} />
        <span>
          <WithCode text="Run `npm test` before it is finished." />{' '}
          <Link href="https://example.com/guide">the guide</Link>
        </span>
        <div className={classes.split}>
          <span>Tasks</span>
          <Splitter
            label="Width of the tasks"
            size={200}
            range={{ least: 100, usual: 200, most: 300, step: 16 }}
            side="left"
            onChange={() => {}}
          />
          <span>The open one, with an edge that moves</span>
        </div>
        <div className={classes.box}>
          <DiffView label="Changes" lines={diffLines(BEFORE, AFTER)} />
        </div>
      </Part>
    </main>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h2 className={classes.name}>{name}</h2>
      {children}
    </section>
  );
}
