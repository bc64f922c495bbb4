import * as z from 'zod';
import { protectedThing } from '../approval/state.ts';
import { projectId } from '../ids.ts';
import { resourceLimits } from '../process/limits.ts';

/** A command as program and arguments; never a shell string. */
export const argv = z.array(z.string().min(1).max(4096)).min(1).max(64);
export type Argv = z.infer<typeof argv>;

/** How many tasks run at the same time. */
export const slots = z.number().int().min(1).max(100);

/** What a person sets for a project. */
export const projectSettings = z.object({
  /** Run in a new workspace before the agent starts, one after the other. */
  setup: z.array(argv).max(20),
  /** Files and folders copied from the project into a new workspace, relative to the project, such as `.env`. */
  copy: z.array(z.string().min(1).max(1024)).max(100),
  /** Whether the submodules of the repository are initialised in a new workspace; else their folders are empty. */
  submodules: z.boolean(),
  /** Run after the agent has completed all items; a failing one goes back to the agent. */
  checks: z.array(argv).max(20),
  /** Branches of new workspaces begin with this. */
  branchPrefix: z.string().max(64),
  /** No notifications about this project. */
  quiet: z.boolean(),
  /** What always asks elsewhere and no longer asks here: from then on rules and autonomy answer it. */
  lifted: z.array(protectedThing).max(20),
  /** Programs of agents that differ from the settings: the name of the agent, and a name in PATH or a file with arguments. */
  programs: z.record(z.string().min(1).max(64), argv).optional(),
  /** How many of its tasks run at the same time; null or absent: as the settings say. */
  slots: slots.nullable().optional(),
  /** What a new task of it may use, where that differs from the settings; null: as much as it wants. */
  limits: resourceLimits.optional(),
});
export type ProjectSettings = z.infer<typeof projectSettings>;

export const project = projectSettings.extend({
  id: projectId,
  name: z.string(),
  /** Absolute real path of the repository's top folder. */
  path: z.string(),
  /** Whether the repository's own hooks, MCP servers and agent settings may run. */
  trusted: z.boolean(),
  addedAt: z.number(),
});
export type Project = z.infer<typeof project>;

/** A project in a list: `gone` when there is no folder at its path. */
export const listedProject = project.extend({ gone: z.boolean() });
export type ListedProject = z.infer<typeof listedProject>;

/** A name a workspace can begin from. */
export const branch = z.object({
  name: z.string(),
  kind: z.enum(['local', 'remote', 'tag']),
  /** Checked out in the user's own tree. */
  current: z.boolean(),
  /** Of its newest commit, milliseconds since 1970. */
  committedAt: z.number(),
});
export type Branch = z.infer<typeof branch>;

/** What was found when git was looked for. `problem` and `hint` are sentences for a person, null when all is well. */
export const gitProbe = z.object({
  version: z.string().nullable(),
  problem: z.string().nullable(),
  hint: z.string().nullable(),
});
export type GitProbe = z.infer<typeof gitProbe>;

/** A project with what its folder looks like now. */
export const projectDetail = project.extend({
  /**
   * `missing`: no such folder; `not-a-repository`: the folder is there, but git does not know it; `unreadable`: the system
   * or git could not tell, as of what is damaged or may not be read.
   */
  condition: z.enum(['ready', 'missing', 'not-a-repository', 'unreadable']),
  /** The branch checked out in the user's own tree; null when detached or not ready. */
  currentBranch: z.string().nullable(),
  taskCount: z.number(),
});
export type ProjectDetail = z.infer<typeof projectDetail>;
