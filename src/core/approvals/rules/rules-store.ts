import type { Rule, RuleScope, RuleSpec } from '../../../contract/approval/rule.ts';
import { accept, type Result, reject } from '../../../contract/rejection.ts';
import { createId } from '../../base/ids.ts';
import type { Db } from '../../db/open.ts';
import { checkRule } from './check-rule.ts';
import { describeRule } from './rule-words.ts';

interface Deps {
  db: Db;
  /** Absolute; what `~` in a pattern stands for. */
  home: string;
  now(): number;
  /** Called after a person or an answer changed a rule. Use of a rule isn't announced. */
  changed(): void;
}

/** The stored decisions, as rows. */
export interface Rules {
  /** Newest first; with a task or a project only those that count there. */
  list(where: { taskId?: string; projectId?: string }): Rule[];
  /** Enabled rules whose scope covers the task, newest first. */
  rulesFor(task: { taskId: string; projectId: string }): Rule[];
  /** Refused where it could not be kept, see `checkRule`. The same rule twice is the same rule, turned on. */
  add(spec: RuleSpec): Result<Rule>;
  /** The rule that an answer to an approval makes. */
  make(spec: RuleSpec, approvalId: string): Result<Rule>;
  /** Takes back what `make` has just added; a rule that was there before stays. */
  unmake(ruleId: string): void;
  set(
    ruleId: string,
    change: { pattern?: string | undefined; decision?: Rule['decision'] | undefined; enabled?: boolean | undefined },
  ): Result<Rule>;
  remove(ruleId: string): Result<{ ruleId: string }>;
  /** A rule has answered. */
  used(ruleId: string): void;
  /** The rules of a deleted task go with it. */
  forgetTask(taskId: string): void;
  /** Removes the rules of projects and tasks that are gone. */
  tidy(): void;
}

interface Row {
  id: string;
  scope: string;
  scope_id: string;
  tool: string;
  pattern: string;
  decision: string;
  enabled: number;
  made_by: string;
  approval_id: string | null;
  created_at: number;
  last_used_at: number | null;
  uses: number;
}

/** More than anybody can oversee; each is looked at for every tool call. */
const MOST_RULES = 2_000;
const ORDER = 'ORDER BY created_at DESC, id DESC';

export function createRules({ db, home, now, changed }: Deps): Rules {
  const all = db.prepare<[], Row>(`SELECT * FROM rules ${ORDER}`);
  const byId = db.prepare<[string], Row>('SELECT * FROM rules WHERE id = ?');
  const counting = db.prepare<[string, string], Row>(
    `SELECT * FROM rules
     WHERE scope = 'everywhere' OR (scope = 'project' AND scope_id = ?) OR (scope = 'task' AND scope_id = ?) ${ORDER}`,
  );
  const same = db.prepare<[string, string, string, string, string], Row>(
    'SELECT * FROM rules WHERE scope = ? AND scope_id = ? AND tool = ? AND pattern = ? AND decision = ?',
  );
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM rules');
  const insert = db.prepare<[Row]>(
    `INSERT INTO rules (id, scope, scope_id, tool, pattern, decision, enabled, made_by, approval_id, created_at, last_used_at, uses)
     VALUES (:id, :scope, :scope_id, :tool, :pattern, :decision, :enabled, :made_by, :approval_id, :created_at, :last_used_at, :uses)`,
  );
  const update = db.prepare<[Pick<Row, 'id' | 'pattern' | 'decision' | 'enabled'>]>(
    'UPDATE rules SET pattern = :pattern, decision = :decision, enabled = :enabled WHERE id = :id',
  );
  const use = db.prepare<[number, string]>('UPDATE rules SET uses = uses + 1, last_used_at = ? WHERE id = ?');
  const erase = db.prepare<[string]>('DELETE FROM rules WHERE id = ?');
  const eraseOf = db.prepare<[string]>("DELETE FROM rules WHERE scope = 'task' AND scope_id = ?");
  const eraseLost = db.prepare<[]>(
    `DELETE FROM rules WHERE (scope = 'task' AND scope_id NOT IN (SELECT id FROM tasks))
       OR (scope = 'project' AND scope_id NOT IN (SELECT id FROM projects))`,
  );
  /** The rule that was made last, until it is certain that it stays. */
  let fresh: string | null = null;

  const missing = (ruleId: string) => reject('not-found', `There is no rule ${ruleId}.`);

  function add(spec: RuleSpec, approvalId: string | null): Result<Rule> {
    const { tool, decision } = spec;
    const pattern = spec.pattern.trim();
    fresh = null;
    const checked = checkRule({ ...spec, pattern }, home);
    if (!checked.ok) return checked;
    const [scope, scopeId] = rowScope(spec.scope);
    const before = same.get(scope, scopeId, tool, pattern, decision);
    if (before) return before.enabled === 1 ? accept(fromRow(before)) : set(before.id, { enabled: true });
    if ((count.get()?.n ?? 0) >= MOST_RULES) {
      return reject('conflict', `There are ${MOST_RULES} rules already: delete some that are no longer used.`);
    }
    const row: Row = {
      id: createId('u'),
      scope,
      scope_id: scopeId,
      tool,
      pattern,
      decision,
      enabled: 1,
      made_by: approvalId === null ? 'user' : 'approval',
      approval_id: approvalId,
      created_at: now(),
      last_used_at: null,
      uses: 0,
    };
    insert.run(row);
    fresh = row.id;
    changed();
    return accept(fromRow(row));
  }

  function set(ruleId: string, change: Parameters<Rules['set']>[1]): Result<Rule> {
    const row = byId.get(ruleId);
    if (!row) return missing(ruleId);
    const before = fromRow(row);
    const next: Rule = {
      ...before,
      pattern: change.pattern?.trim() ?? before.pattern,
      decision: change.decision ?? before.decision,
      enabled: change.enabled ?? before.enabled,
    };
    const checked = checkRule(next, home);
    if (!checked.ok) return checked;
    const twin = same.get(row.scope, row.scope_id, row.tool, next.pattern, next.decision);
    if (twin && twin.id !== ruleId) return reject('conflict', `Rule ${twin.id} says that already.`);
    update.run({ id: ruleId, pattern: next.pattern, decision: next.decision, enabled: next.enabled ? 1 : 0 });
    changed();
    return accept({ ...next, words: describeRule(next) });
  }

  return {
    list({ taskId, projectId }) {
      const rows =
        taskId === undefined && projectId === undefined ? all.all() : counting.all(projectId ?? '', taskId ?? '');
      return rows.map(fromRow);
    },
    rulesFor: ({ taskId, projectId }) =>
      counting.all(projectId, taskId).flatMap((row) => (row.enabled === 1 ? [fromRow(row)] : [])),
    add: (spec) => add(spec, null),
    make: add,
    unmake(ruleId) {
      if (ruleId !== fresh) return;
      fresh = null;
      if (erase.run(ruleId).changes > 0) changed();
    },
    set,
    remove(ruleId) {
      if (erase.run(ruleId).changes === 0) return missing(ruleId);
      changed();
      return accept({ ruleId });
    },
    used: (ruleId) => void use.run(now(), ruleId),
    forgetTask(taskId) {
      if (eraseOf.run(taskId).changes > 0) changed();
    },
    tidy() {
      if (eraseLost.run().changes > 0) changed();
    },
  };
}

function rowScope(scope: RuleScope): [string, string] {
  if (scope.type === 'task') return ['task', scope.taskId];
  return scope.type === 'project' ? ['project', scope.projectId] : ['everywhere', ''];
}

function fromRow(row: Row): Rule {
  const { tool, pattern } = row;
  const decision = row.decision as Rule['decision'];
  return {
    id: row.id,
    tool,
    pattern,
    decision,
    scope: scopeOf(row),
    enabled: row.enabled === 1,
    words: describeRule({ tool, pattern, decision }),
    madeBy: row.made_by as Rule['madeBy'],
    approvalId: row.approval_id,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    uses: row.uses,
  };
}

function scopeOf({ scope, scope_id }: Row): RuleScope {
  if (scope === 'task') return { type: 'task', taskId: scope_id };
  return scope === 'project' ? { type: 'project', projectId: scope_id } : { type: 'everywhere' };
}
