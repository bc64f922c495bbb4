import { Anchor, Button, Checkbox, Code, Group, Loader, Stack, Switch, Text } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { PROTECTED_WORDS, protectedThing } from '../../../../contract/approval/state.ts';
import { RESOURCE_LIMITS, type ResourceLimit } from '../../../../contract/process/limit-names.ts';
import type { ResourceLimits } from '../../../../contract/process/limits.ts';
import type { Project, ProjectDetail, ProjectSettings } from '../../../../contract/project/state.ts';
import { quoteCommand, splitCommand } from '../../../../contract/words/argv.ts';
import { openSettings } from '../../../app/window-state.ts';
import { useProjects, useStore } from '../../../state/hooks.ts';
import { QuotingHelp } from '../../../ui/command-words.tsx';
import { HelpHint } from '../../../ui/help-hint.tsx';
import { labels as limitLabels } from '../../limits/labels.ts';
import { isNone, readLimit, writeLimit } from '../../limits/limits.logic.ts';
import { confirmRemoval } from '../../project/remove-project.tsx';
import { Row } from '../row.tsx';
import classes from '../settings.module.css';
import { useSave } from '../use-save.ts';
import { LIFTING_RISKS } from './lifting.ts';
import { AreaField, CommandsField, LineField } from './project-fields.tsx';
import { labels } from './project-labels.ts';

/** Everything that can be set for one project. */
export function ProjectPage({ projectId }: { projectId: string }) {
  const projects = useProjects();
  const project = projects?.find(({ id }) => id === projectId);
  if (projects === null) return <Loader size="sm" aria-label={labels.loading} />;
  return (
    <>
      <Anchor component="button" size="sm" w="fit-content" onClick={() => openSettings('projects')}>
        <Group gap="xs">
          <ArrowLeft size="1em" aria-hidden />
          {labels.all}
        </Group>
      </Anchor>
      {project ? <LoadedProject project={project} /> : <Text size="sm">{labels.gone}</Text>}
    </>
  );
}

const CONDITIONS: Record<ProjectDetail['condition'], string | null> = {
  ready: null,
  missing: labels.missing,
  'not-a-repository': labels.notARepository,
  unreadable: labels.unreadable,
};

function LoadedProject({ project }: { project: Project }) {
  const { client } = useStore();
  const { id: projectId } = project;
  const [detail, setDetail] = useState<ProjectDetail | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again whenever the project has changed.
  useEffect(() => {
    client.projects.get({ projectId }).then(setDetail, () => {});
  }, [client, project]);
  const name = useSave((next: string) => client.projects.set({ projectId, name: next }));
  const path = useSave((next: string) => client.projects.set({ projectId, path: next }));
  const trust = useSave((trusted: boolean) => client.projects.trust({ projectId, trusted }));
  const write = (settings: Partial<ProjectSettings>) => client.projects.set({ projectId, settings });
  const setup = useSave((next: string[][]) => write({ setup: next }));
  const copy = useSave((next: string[]) => write({ copy: next }));
  const checks = useSave((next: string[][]) => write({ checks: next }));
  const prefix = useSave((branchPrefix: string) => write({ branchPrefix }));
  const slots = useSave((next: number | null) => write({ slots: next }));
  const claude = useSave((argv: string[] | null) => write({ programs: withClaude(project.programs, argv) }));
  const quiet = useSave((next: boolean) => write({ quiet: next }));
  const submodules = useSave((next: boolean) => write({ submodules: next }));
  const lifted = useSave((next: ProjectSettings['lifted']) => write({ lifted: next }));
  const condition = detail && CONDITIONS[detail.condition];

  return (
    <>
      <div className={classes.card}>
        <Row label={labels.folder} help={condition ?? labels.folderHint} state={{ kind: 'quiet' }} tall>
          {(naming) => (
            <Text size="sm" {...naming} role="note">
              <Code className={classes.path}>{project.path}</Code>
              {detail?.currentBranch && labels.onBranch(detail.currentBranch)}
            </Text>
          )}
        </Row>
        {condition !== null && condition !== '' && (
          <Row label={labels.moved} help={labels.movedHint} state={path.state}>
            {(naming) => (
              <LineField
                naming={naming}
                shown=""
                save={path}
                placeholder={project.path}
                read={(text) => (text.trim() === '' ? { problem: labels.pathMissing } : { value: text.trim() })}
              />
            )}
          </Row>
        )}
        <Row label={labels.name} help="" state={name.state}>
          {(naming) => (
            <LineField
              naming={naming}
              shown={project.name}
              save={name}
              read={(text) => (text.trim() === '' ? { problem: labels.nameMissing } : { value: text.trim() })}
            />
          )}
        </Row>
        <Row
          label={labels.trust}
          help={labels.trustHint}
          hint={<HelpHint label={labels.trustHelp}>{labels.trustMeaning}</HelpHint>}
          state={trust.state}
        >
          {(naming) => (
            <Switch
              {...naming}
              checked={trust.pending ?? project.trusted}
              onChange={(event) => void trust.save(event.currentTarget.checked)}
            />
          )}
        </Row>
        <Row label={labels.quiet} help={labels.quietHint} state={quiet.state}>
          {(naming) => (
            <Switch
              {...naming}
              checked={quiet.pending ?? project.quiet}
              onChange={(event) => void quiet.save(event.currentTarget.checked)}
            />
          )}
        </Row>
      </div>

      <Title>{labels.workspaces}</Title>
      <div className={classes.card}>
        <Row label={labels.setup} help={labels.setupHint} hint={<QuotingHelp />} state={setup.state} tall>
          {(naming) => <CommandsField naming={naming} value={project.setup} save={setup} example="npm ci" />}
        </Row>
        <Row label={labels.submodules} help={labels.submodulesHint} state={submodules.state}>
          {(naming) => (
            <Switch
              {...naming}
              checked={submodules.pending ?? project.submodules}
              onChange={(event) => void submodules.save(event.currentTarget.checked)}
            />
          )}
        </Row>
        <Row label={labels.copied} help={labels.copiedHint} state={copy.state} tall>
          {(naming) => (
            <AreaField
              naming={naming}
              shown={project.copy.join('\n')}
              save={copy}
              placeholder={labels.copiedExample}
              read={(text) => ({ value: linesOf(text) })}
            />
          )}
        </Row>
        <Row label={labels.checks} help={labels.checksHint} hint={<QuotingHelp />} state={checks.state} tall>
          {(naming) => <CommandsField naming={naming} value={project.checks} save={checks} example="npm test" />}
        </Row>
        <Row label={labels.prefix} help={labels.prefixHint} state={prefix.state}>
          {(naming) => (
            <LineField
              naming={naming}
              shown={project.branchPrefix}
              save={prefix}
              read={(text) => ({ value: text.trim() })}
            />
          )}
        </Row>
        <Row label={labels.slots} help={labels.slotsHint} state={slots.state}>
          {(naming) => (
            <LineField
              naming={naming}
              shown={String(project.slots ?? '')}
              save={slots}
              placeholder={labels.asInSettings}
              read={readSlots}
            />
          )}
        </Row>
        {RESOURCE_LIMITS.map((name) => (
          <LimitRow key={name} name={name} limits={project.limits ?? {}} write={(limits) => write({ limits })} />
        ))}
        <Row label={labels.program} help={labels.programHint} hint={<QuotingHelp />} state={claude.state}>
          {(naming) => (
            <LineField
              naming={naming}
              shown={quoteCommand(project.programs?.claude ?? [])}
              save={claude}
              placeholder={labels.asInSettings}
              read={readProgram}
            />
          )}
        </Row>
      </div>

      <Title>{labels.protections}</Title>
      <div className={classes.card}>
        <Row label={labels.protectedActions} help={labels.protectedHint} state={lifted.state} tall>
          {(naming) => (
            <Stack gap="sm" role="group" {...naming}>
              {protectedThing.options.map((thing) => (
                <Checkbox
                  key={thing}
                  size="xs"
                  label={labels.lift(PROTECTED_WORDS[thing])}
                  description={LIFTING_RISKS[thing]}
                  checked={(lifted.pending ?? project.lifted).includes(thing)}
                  onChange={(event) => {
                    const rest = (lifted.pending ?? project.lifted).filter((one) => one !== thing);
                    void lifted.save(event.currentTarget.checked ? [...rest, thing] : rest);
                  }}
                />
              ))}
            </Stack>
          )}
        </Row>
      </div>

      <Button
        variant="light"
        color="red"
        size="compact-sm"
        w="fit-content"
        onClick={() => confirmRemoval(client, project, () => openSettings('projects'))}
      >
        {labels.remove}
      </Button>
    </>
  );
}

interface LimitRowProps {
  name: ResourceLimit;
  limits: ResourceLimits;
  write(limits: ResourceLimits): Promise<unknown>;
}

function LimitRow({ name, limits, write }: LimitRowProps) {
  const { [name]: own, ...others } = limits;
  const save = useSave((most: number | null | undefined) =>
    write(most === undefined ? others : { ...others, [name]: most }),
  );
  return (
    <Row label={limitLabels.names[name]} help={labels.limitHints[name]} state={save.state}>
      {(naming) => (
        <LineField
          naming={naming}
          shown={own === null ? limitLabels.none : writeLimit(name, own)}
          save={save}
          placeholder={labels.asInSettings}
          read={(text) => readOwnLimit(name, text)}
        />
      )}
    </Row>
  );
}

/** Nothing leaves it to the settings. */
function readOwnLimit(name: ResourceLimit, text: string) {
  if (text.trim() === '') return { value: undefined };
  const most = isNone(text) ? null : readLimit(name, text);
  return most === undefined ? { problem: limitLabels.unreadable[name] } : { value: most };
}

function Title({ children }: { children: string }) {
  return (
    <Text component="h3" size="sm" fw={600} m={0}>
      {children}
    </Text>
  );
}

function readSlots(text: string): { value: number | null } | { problem: string } {
  const typed = text.trim();
  if (typed === '') return { value: null };
  const count = Number(typed);
  return Number.isInteger(count) && count >= 1 && count <= 100 ? { value: count } : { problem: labels.slotsUnreadable };
}

function readProgram(text: string): { value: string[] | null } | { problem: string } {
  if (text.trim() === '') return { value: null };
  const split = splitCommand(text.trim());
  return split.ok ? { value: split.argv } : split;
}

function withClaude(programs: Project['programs'], argv: string[] | null): Record<string, string[]> {
  const { claude, ...others } = programs ?? {};
  return argv === null ? others : { ...others, claude: argv };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
