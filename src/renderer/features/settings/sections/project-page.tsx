import { Anchor, Button, Checkbox, Code, Group, Loader, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { PROTECTED_WORDS, protectedThing } from '../../../../contract/approval/state.ts';
import type { Project, ProjectDetail, ProjectSettings } from '../../../../contract/project/state.ts';
import { quoteCommand, quoteCommands, splitCommand, splitCommands } from '../../../../contract/words/argv.ts';
import { useProjects, useSession } from '../../../state/hooks.ts';
import { CommandWords, QUOTING } from '../../../ui/command-words.tsx';
import { openSettings } from '../../../ui/window-state.ts';
import { confirmRemoval } from '../../project/remove-project.tsx';
import { type Naming, Row } from '../row.tsx';
import classes from '../settings.module.css';
import { type Save, useSave } from '../use-save.ts';
import { LIFTING_RISKS } from './lifting.ts';

/** Everything that can be set for one project. */
export function ProjectPage({ projectId }: { projectId: string }) {
  const projects = useProjects();
  const project = projects?.find(({ id }) => id === projectId);
  if (projects === null) return <Loader size="sm" aria-label="Loading the project" />;
  return (
    <>
      <Anchor component="button" size="sm" w="fit-content" onClick={() => openSettings('projects')}>
        <Group gap="xs">
          <ArrowLeft size="1em" aria-hidden />
          All projects
        </Group>
      </Anchor>
      {project ? <LoadedProject project={project} /> : <Text size="sm">This project no longer exists.</Text>}
    </>
  );
}

const CONDITIONS: Record<ProjectDetail['condition'], string | null> = {
  ready: null,
  missing: 'The folder does not exist. Put it back, say below where it is now, or remove the project.',
  'not-a-repository':
    'The folder exists, but is not a git repository. Say below where the repository is now, or remove the project.',
  unreadable: 'Git cannot read the folder now: it may be damaged, or the rights of this user do not suffice.',
};

function LoadedProject({ project }: { project: Project }) {
  const { client } = useSession();
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
  const claude = useSave((argv: string[] | null) => write({ programs: withClaude(project.programs, argv) }));
  const quiet = useSave((next: boolean) => write({ quiet: next }));
  const submodules = useSave((next: boolean) => write({ submodules: next }));
  const lifted = useSave((next: ProjectSettings['lifted']) => write({ lifted: next }));
  const condition = detail && CONDITIONS[detail.condition];

  return (
    <>
      <div className={classes.card}>
        <Row
          label="Folder"
          help={condition ?? 'Drover only looks at it; agents work in copies.'}
          state={{ kind: 'quiet' }}
          tall
        >
          {(naming) => (
            <Text size="sm" {...naming} role="note">
              <Code className={classes.path}>{project.path}</Code>
              {detail?.currentBranch && ` on ${detail.currentBranch}`}
            </Text>
          )}
        </Row>
        {condition !== null && condition !== '' && (
          <Row
            label="Where it is now"
            help="The whole path of the folder, after it was moved. Its workspaces follow."
            state={path.state}
          >
            {(naming) => (
              <LineField
                naming={naming}
                shown=""
                save={path}
                placeholder={project.path}
                read={(text) =>
                  text.trim() === '' ? { problem: 'Give the path of a folder.' } : { value: text.trim() }
                }
              />
            )}
          </Row>
        )}
        <Row label="Name" help="" state={name.state}>
          {(naming) => (
            <LineField
              naming={naming}
              shown={project.name}
              save={name}
              read={(text) => (text.trim() === '' ? { problem: 'A project needs a name.' } : { value: text.trim() })}
            />
          )}
        </Row>
        <Row
          label="Trust"
          help="The repository’s own hooks, MCP servers and agent settings may run on this machine, with all that you may do. Leave it off for code you have not read: tasks still work without them."
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
        <Row label="Quiet" help="No notifications about this project." state={quiet.state}>
          {(naming) => (
            <Switch
              {...naming}
              checked={quiet.pending ?? project.quiet}
              onChange={(event) => void quiet.save(event.currentTarget.checked)}
            />
          )}
        </Row>
      </div>

      <Title>Workspaces</Title>
      <div className={classes.card}>
        <Row
          label="Setup commands"
          help={`Run in a new workspace before the agent starts, one per line, in order. ${QUOTING}`}
          state={setup.state}
          tall
        >
          {(naming) => <CommandsField naming={naming} value={project.setup} save={setup} example="npm ci" />}
        </Row>
        <Row
          label="Submodules"
          help="Initialize the submodules of the repository in a new workspace. Off, their folders stay empty."
          state={submodules.state}
        >
          {(naming) => (
            <Switch
              {...naming}
              checked={submodules.pending ?? project.submodules}
              onChange={(event) => void submodules.save(event.currentTarget.checked)}
            />
          )}
        </Row>
        <Row
          label="Copied files"
          help="Files and folders that git does not have, such as .env, copied from your folder into a new workspace. One per line."
          state={copy.state}
          tall
        >
          {(naming) => (
            <AreaField
              naming={naming}
              shown={project.copy.join('\n')}
              save={copy}
              placeholder=".env"
              read={(text) => ({ value: linesOf(text) })}
            />
          )}
        </Row>
        <Row
          label="Checks"
          help={`Must pass at the end of every task, one per line; a failing one goes back to the agent. ${QUOTING}`}
          state={checks.state}
          tall
        >
          {(naming) => <CommandsField naming={naming} value={project.checks} save={checks} example="npm test" />}
        </Row>
        <Row label="Branch prefix" help="Branches of new workspaces begin with this." state={prefix.state}>
          {(naming) => (
            <LineField
              naming={naming}
              shown={project.branchPrefix}
              save={prefix}
              read={(text) => ({ value: text.trim() })}
            />
          )}
        </Row>
        <Row
          label="Claude Code"
          help={`Its program for this project: a name in the PATH or a file, with arguments. ${QUOTING}`}
          state={claude.state}
        >
          {(naming) => (
            <LineField
              naming={naming}
              shown={quoteCommand(project.programs?.claude ?? [])}
              save={claude}
              placeholder="As in the settings"
              read={readProgram}
            />
          )}
        </Row>
      </div>

      <Title>Protections</Title>
      <div className={classes.card}>
        <Row
          label="Protected actions"
          help="Always need your approval, whatever the rules and the autonomy say. What you lift is decided by them, in this project only."
          state={lifted.state}
          tall
        >
          {(naming) => (
            <Stack gap="sm" role="group" {...naming}>
              {protectedThing.options.map((thing) => (
                <Checkbox
                  key={thing}
                  size="xs"
                  label={`Don’t always ask: ${PROTECTED_WORDS[thing]}`}
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
        Remove this project
      </Button>
    </>
  );
}

function Title({ children }: { children: string }) {
  return (
    <Text component="h3" size="sm" fw={600} m={0}>
      {children}
    </Text>
  );
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

interface FieldProps<T> {
  naming: Naming;
  shown: string;
  save: Save<T>;
  placeholder?: string;
  read(text: string): { value: T } | { problem: string };
}

/** What was typed stays until it is written: at leaving the field. */
function useTyped<T>({ shown, save, read }: Omit<FieldProps<T>, 'naming'>) {
  const [typed, setTyped] = useState<string | null>(null);
  return {
    error: save.state.kind === 'refused',
    value: typed ?? shown,
    onChange(event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) {
      setTyped(event.currentTarget.value);
      save.quiet();
    },
    async onBlur() {
      if (typed === null || typed === shown) return setTyped(null);
      const found = read(typed);
      if ('problem' in found) save.refuse(found.problem);
      else if (await save.save(found.value)) setTyped(null);
    },
  };
}

function LineField<T>({ naming, placeholder, ...rest }: FieldProps<T>) {
  const { onBlur, ...field } = useTyped(rest);
  return (
    <TextInput
      {...naming}
      placeholder={placeholder}
      {...field}
      onBlur={() => void onBlur()}
      onKeyDown={(event) => event.key === 'Enter' && void onBlur()}
    />
  );
}

function AreaField<T>({ naming, placeholder, ...rest }: FieldProps<T>) {
  const { onBlur, ...field } = useTyped(rest);
  return (
    <Textarea
      {...naming}
      autosize
      minRows={2}
      maxRows={12}
      spellCheck={false}
      classNames={{ input: classes.code }}
      placeholder={placeholder}
      {...field}
      onBlur={() => void onBlur()}
    />
  );
}

interface CommandsFieldProps {
  naming: Naming;
  value: string[][];
  save: Save<string[][]>;
  example: string;
}

function CommandsField({ naming, value, save, example }: CommandsFieldProps) {
  return (
    <>
      <AreaField
        naming={naming}
        shown={quoteCommands(value)}
        save={save}
        placeholder={example}
        read={(text) => {
          const split = splitCommands(text);
          return split.ok ? { value: split.commands } : split;
        }}
      />
      <CommandWords commands={value} />
    </>
  );
}
