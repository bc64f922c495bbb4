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
const LINE = new RegExp(`^\\W*(\\d+)\\W+(${STATUS})\\W+(.*)$`);

/** Reads the items out of what `task_get` answers: JSON with `items`, or lines such as `1. [pending] Write the file`. */
export function readChecklist(answer: string): ChecklistItem[] {
  try {
    const { items } = JSON.parse(answer);
    return items.map((item: ChecklistItem) => ({ id: String(item.id), status: item.status, text: item.text }));
  } catch {
    return answer.split('\n').flatMap((line) => {
      const found = LINE.exec(line);
      return found ? [{ id: found[1] ?? '', status: found[2] ?? '', text: found[3] ?? '' }] : [];
    });
  }
}

export function openItems(items: readonly ChecklistItem[]): ChecklistItem[] {
  return items.filter((item) => item.status === 'pending' || item.status === 'in_progress');
}
