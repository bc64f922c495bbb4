import type { WaitingApproval } from '../tasks/waiting-approval.ts';
import { approvalNotice } from './notice.ts';
import type { Present, Shown } from './present.ts';

export interface ApprovalNoticesOptions {
  present: Present;
  /** The person looks at Drover already. */
  isWatching(): boolean;
  isWanted(approval: WaitingApproval): boolean;
  hasSound(): boolean;
  onAnswer(approvalId: string, answer: 'allow' | 'deny'): void;
  /** The person wants to look closer. */
  onOpen(): void;
  mergeMs?: number;
}

export interface ApprovalNotices {
  /** Must be told all approvals that wait, oldest first, whenever they change. */
  changed(approvals: readonly WaitingApproval[]): void;
  close(): void;
}

const ANSWERS = [
  { key: 'allow', label: 'Allow' },
  { key: 'deny', label: 'Deny' },
] as const;

/** Approvals that were asked for in one moment, and their one notification. */
interface Burst {
  approvals: WaitingApproval[];
  shown: Shown | null;
}

/**
 * A notification for each approval, at once; those that follow within a moment join it, and then it has no buttons,
 * because nobody could tell what they answer. It goes when all of its approvals have been answered, wherever that was.
 * Nothing is told twice.
 */
export function createApprovalNotices(options: ApprovalNoticesOptions): ApprovalNotices {
  let known = new Set<string>();
  let bursts: Burst[] = [];
  let open: { burst: Burst; timer: NodeJS.Timeout; grown: boolean } | null = null;

  function present(burst: Burst): void {
    const [only] = burst.approvals;
    if (only === undefined) return;
    const isOne = burst.approvals.length === 1;
    burst.shown = options.present(
      {
        ...approvalNotice(burst.approvals),
        actions: isOne && only.isPlain ? ANSWERS : [],
        sound: options.hasSound(),
        stays: true,
      },
      {
        click: options.onOpen,
        action(key) {
          const answer = ANSWERS.find((each) => each.key === key);
          if (answer !== undefined && isOne) options.onAnswer(only.id, answer.key);
        },
        // The pop-up and the tray show it, too.
        failed: () => {},
      },
      burst.shown ?? undefined,
    );
  }

  function announce(fresh: WaitingApproval[]): void {
    if (open !== null) {
      open.burst.approvals.push(...fresh);
      open.grown = true;
      return;
    }
    const burst: Burst = { approvals: fresh, shown: null };
    bursts.push(burst);
    present(burst);
    const timer = setTimeout(() => {
      const grown = open?.grown === true;
      open = null;
      if (grown) present(burst);
    }, options.mergeMs ?? 1000);
    open = { burst, timer, grown: false };
  }

  return {
    changed(approvals) {
      const fresh = approvals.filter(({ id }) => !known.has(id));
      known = new Set(approvals.map(({ id }) => id));
      for (const burst of bursts) {
        burst.approvals = burst.approvals.filter(({ id }) => known.has(id));
        if (burst.approvals.length === 0) burst.shown?.close();
      }
      bursts = bursts.filter((burst) => burst.approvals.length > 0 || burst === open?.burst);
      const wanted = options.isWatching() ? [] : fresh.filter(options.isWanted);
      if (wanted.length > 0) announce(wanted);
    },
    close() {
      if (open !== null) clearTimeout(open.timer);
      for (const burst of bursts) burst.shown?.close();
    },
  };
}
