import type { Project } from '../../contract/project/state.ts';
import type { Backend } from '../backends/backend.ts';
import type { Clock } from '../base/clock.ts';
import type { DueList } from '../base/due-list.ts';
import type { Logger } from '../base/logger.ts';
import type { ProgramInTerminal } from '../process/program-in-terminal.ts';
import type { LimitWatch } from '../resources/limit-watch.ts';
import type { Checkpoints } from '../review/checkpoints.ts';
import type { RunCheck } from '../tools/checklist.ts';
import type { TaskTokens } from '../tools/tokens.ts';
import type { Asking } from './asking.ts';
import type { Checkpointing } from './checkpointing.ts';
import type { ConductPorts } from './conduct.ts';
import type { NotRecorded } from './held-events.ts';
import type { LostWorkspace } from './lost-workspace.ts';
import type { LookAtWork, WorkSince } from './meanwhile.ts';
import type { SessionHolder } from './open-session.ts';
import type { Recorder } from './recorder.ts';
import type { RunningTurn } from './scheduler.ts';
import type { StallWatch } from './stall/stall-watch.ts';
import type { TurnRunner } from './turn.ts';
import type { Waits } from './waits.ts';
import type { WorkspaceWatch } from './watch-workspace.ts';

/** What a run is carried out with. */
export interface RunDeps {
  recorder: Recorder;
  runId: string;
  backend: Backend;
  project: Project;
  clock: Clock;
  /** What any run waits for until a time of day. */
  due: DueList;
  tokens: TaskTokens;
  logger: Logger;
  /** Where agents reach the server. */
  address: string;
  /** Environment for an agent. */
  environment(): Promise<Record<string, string>>;
  enterWorkspace: ConductPorts['enterWorkspace'];
  runCheck: RunCheck;
  asking: Asking;
  /** The agent has reached a usage limit, until a time in milliseconds since 1970. */
  limitReached(until: number, words: string): void;
  lostWorkspace: LostWorkspace;
  lookAtWork: LookAtWork;
  workSince: WorkSince;
  makeCheckpoint: Checkpoints['make'];
  /** Takes away the locks that a git which was ended has left in the workspace. Never rejects. */
  tidyWorkspace(): Promise<void>;
  /** Shows a person the terminal in which the agent of a task runs. */
  showTerminal(taskId: string, program: ProgramInTerminal): void;
  /** The agent has commands of its own. */
  learnCommands(names: readonly string[]): void;
  /** Whether a text begins with one of them. */
  isCommand(text: string): boolean;
  /** How long a command may be silent after what looks like a question; milliseconds. */
  stallMs(): number;
  /** Resolves when no item is open any more. */
  checklistSettled(signal: AbortSignal): Promise<void>;
  /** Resolves when a person who had the session of the run has given it back. */
  givenBack(signal: AbortSignal): Promise<void>;
  /** Resolves when the person who has the session wants its program to be opened again. */
  askedAgain(signal: AbortSignal): Promise<void>;
  /** Measures what the processes of the run use, where it has limits. */
  limitWatch: Pick<LimitWatch, 'add' | 'measures'>;
  /** Aborted when the run is to stop. */
  signal: AbortSignal;
  /** Gets what ends the turn for a message. */
  runningTurn: RunningTurn;
  /** After an interrupt, the processes of a run get this long to end by themselves; milliseconds. */
  stopGraceMs: number;
  /** Aborted when the host closes, and what does not end is left to the next one. */
  closing: AbortSignal;
}

/** What lives as long as one run, and its parts share. */
export interface RunParts {
  run: RunDeps;
  /** Aborted when the run is to stop, uses more than it may, or cannot be written down. */
  halt: AbortSignal;
  /** The log cannot be written: the run must end. */
  broken(error: NotRecorded): void;
  waits: Waits;
  turns: TurnRunner;
  holder: SessionHolder;
  workspace: WorkspaceWatch;
  checkpoints: Checkpointing;
  stallWatch: StallWatch;
  unwatchLimits(): void;
  /** Stalls the agent has not been told of, a sentence each. */
  stalls: string[];
  channel: ReturnType<Asking['open']>;
  /** Proves to the server that a call comes from the agent of the task. */
  token: string;
}
