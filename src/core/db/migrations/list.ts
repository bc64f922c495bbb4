import type { Migration } from '../migration.ts';
import { logMigration } from './001-log.ts';
import { projectsMigration } from './002-projects.ts';
import { workspacesMigration } from './003-workspaces.ts';
import { settingsMigration } from './004-settings.ts';
import { placesMigration } from './005-places.ts';
import { attachmentsMigration } from './006-attachments.ts';
import { approvalsMigration } from './007-approvals.ts';
import { rulesMigration } from './008-rules.ts';
import { acceptedMigration } from './009-accepted.ts';
import { workspaceBeforeMigration } from './010-workspace-before.ts';
import { removalsMigration } from './011-removals.ts';
import { messagesMigration } from './012-messages.ts';
import { pausesMigration } from './013-pauses.ts';
import { hostMigration } from './014-host.ts';
import { agentLimitsMigration } from './015-agent-limits.ts';
import { outputsMigration } from './016-outputs.ts';
import { checkpointsMigration } from './017-checkpoints.ts';

/** Appended to, never edited: a test pins the text of every step. */
export const migrations: readonly Migration[] = [
  logMigration,
  projectsMigration,
  workspacesMigration,
  settingsMigration,
  placesMigration,
  attachmentsMigration,
  approvalsMigration,
  rulesMigration,
  acceptedMigration,
  workspaceBeforeMigration,
  removalsMigration,
  messagesMigration,
  pausesMigration,
  hostMigration,
  agentLimitsMigration,
  outputsMigration,
  checkpointsMigration,
];
