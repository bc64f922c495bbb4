import Database from 'better-sqlite3';

type Value = string | number | bigint | Buffer | null;

/** A database as SQL, a statement a line, to be read by people and to be kept beside the tests. */
export function dump(file: string): string {
  const db = new Database(file, { readonly: true });
  try {
    const made = db
      .prepare<[], { type: string; name: string; sql: string }>(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name",
      )
      .all();
    const lines = made.map(({ sql }) => `${sql.replace(/\s+/g, ' ')};`);
    for (const { name } of made.filter(({ type }) => type === 'table')) {
      for (const row of db.prepare<[], Record<string, Value>>(`SELECT * FROM ${name}`).all()) {
        lines.push(`INSERT INTO ${name} VALUES (${Object.values(row).map(literal).join(', ')});`);
      }
    }
    lines.push(`PRAGMA user_version = ${db.pragma('user_version', { simple: true })};`);
    return `${lines.join('\n')}\n`;
  } finally {
    db.close();
  }
}

/** Makes the database that `dump` has told of. */
export function load(file: string, sql: string): void {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    db.transaction(() => db.exec(sql))();
  } finally {
    db.close();
  }
}

function literal(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return Buffer.isBuffer(value) ? `x'${value.toString('hex')}'` : String(value);
}
