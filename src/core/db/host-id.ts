import type { Database } from 'better-sqlite3';
import { createId } from '../base/ids.ts';

/** The id of the Drover whose data this is: made once, and the same at every start. */
export function hostId(db: Database): string {
  const stored = db.prepare<[], { id: string }>('SELECT id FROM host').get();
  if (stored) return stored.id;
  const id = createId('h');
  db.prepare('INSERT INTO host (id) VALUES (?)').run(id);
  return id;
}
