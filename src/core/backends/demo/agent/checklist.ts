/** The tools of Drover that the demo agent calls. */
export const TOOLS = {
  read: 'task_get',
  setItem: 'item_set',
  noteItem: 'item_note',
  block: 'task_blocked',
} as const;

export interface ChecklistItem {
  id: string;
  status: string;
  text: string;
}

const STATUS = 'pending|in_progress|completed|blocked';
const LINE = new RegExp(`^(\\d+)\\. \\[(${STATUS})\\] (.*)$`);
const HEADING = '\nChecklist:\n';

/** Reads the items out of what `task_get` answers: lines such as `1. [pending] Write the file` below `Checklist:`. */
export function readChecklist(answer: string): ChecklistItem[] {
  const lines = answer.slice(answer.lastIndexOf(HEADING) + 1).split('\n');
  return lines.flatMap((line) => {
    const found = LINE.exec(line);
    return found ? [{ id: found[1] ?? '', status: found[2] ?? '', text: found[3] ?? '' }] : [];
  });
}

export function openItems(items: readonly ChecklistItem[]): ChecklistItem[] {
  return items.filter((item) => item.status === 'pending' || item.status === 'in_progress');
}
