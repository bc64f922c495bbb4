import { ID_PATTERNS } from '../../contract/id-patterns.ts';
import type { ItemStatus } from '../../contract/task/state.ts';
import { badInput } from '../failure.ts';

export function checkTaskId(text: string): string {
  if (ID_PATTERNS.task.test(text)) return text;
  throw badInput(
    `“${text}” is not a task id: that is one letter and 8 characters of 0-9 and a-z, for example a3k9x02bq. \`drover task list\` shows them.`,
  );
}

export function checkWorkspaceId(text: string): string {
  if (ID_PATTERNS.workspace.test(text)) return text;
  throw badInput(
    `“${text}” is not a workspace id: that is a task id, a dash and a number, for example a3k9x02bq-1. \`drover workspace list\` shows them.`,
  );
}

export function checkTerminalId(text: string): string {
  if (ID_PATTERNS.terminal.test(text)) return text;
  throw badInput(
    `“${text}” is not a terminal id: that is k and 8 characters of 0-9 and a-z, for example k3k9x02bq. \`drover terminal list\` shows them.`,
  );
}

export function checkApprovalId(text: string): string {
  if (ID_PATTERNS.approval.test(text)) return text;
  throw badInput(
    `“${text}” is not an approval id: that is q and 8 characters of 0-9 and a-z, for example q3k9x02bq. \`drover approval list\` shows them.`,
  );
}

export function checkAttachmentId(text: string): string {
  if (ID_PATTERNS.attachment.test(text)) return text;
  throw badInput(
    `“${text}” is not an attachment id: that is f and 8 characters of 0-9 and a-z, for example f3k9x02bq. \`drover attachment list\` shows those of a task.`,
  );
}

export function checkRuleId(text: string): string {
  if (ID_PATTERNS.rule.test(text)) return text;
  throw badInput(
    `“${text}” is not a rule id: that is u and 8 characters of 0-9 and a-z, for example u3k9x02bq. \`drover rule list\` shows them.`,
  );
}

export function checkItemId(text: string): string {
  if (ID_PATTERNS.item.test(text)) return text;
  throw badInput(`“${text}” is not an item id: that is a number, for example 2. \`drover item list\` shows them.`);
}

const STATUSES: Record<ItemStatus, true> = {
  pending: true,
  in_progress: true,
  completed: true,
  blocked: true,
  skipped: true,
};
export const ITEM_STATUSES = Object.keys(STATUSES) as ItemStatus[];

export function checkItemStatus(text: string): ItemStatus {
  const status = ITEM_STATUSES.find((one) => one === text);
  if (status) return status;
  throw badInput(`“${text}” is not a status of an item.`, ITEM_STATUSES);
}
