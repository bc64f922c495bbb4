import type { Client } from '../../contract/client.ts';
import type { TaskHit } from '../../contract/task/state.ts';
import { createValue, type Value } from '../ui/value.ts';

/** How long nothing is typed before Drover is asked; milliseconds. */
const PAUSE_MS = 150;
const MOST = 500;

/** Tasks that have the words of a search where the window does not know them: in goal, items and messages. */
export interface Found {
  /** By task, with where it is when that is not in its title. Empty while nothing is searched for. */
  readonly hits: Value<ReadonlyMap<string, TaskHit | null>>;
  /** Searches for these words from now on; what was found before stays until there is an answer. */
  look(text: string, archived: boolean): void;
}

const NOTHING: ReadonlyMap<string, TaskHit | null> = new Map();

export function createFound(client: Client): Found {
  const hits = createValue(NOTHING);
  let wanted = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(search: string, archived: boolean, question: string): Promise<void> {
    // A search that fails leaves what the window finds by itself.
    const page = await client.tasks.list({ search, archived, limit: MOST }).catch(() => null);
    if (question !== wanted || page === null) return;
    const found = new Map<string, TaskHit | null>(page.tasks.map(({ id }) => [id, null]));
    for (const hit of page.hits) found.set(hit.taskId, hit);
    hits.set(found);
  }

  return {
    hits,
    look(text, archived) {
      const search = text.trim().slice(0, 200);
      const question = `${archived} ${search}`;
      if (question === wanted) return;
      wanted = question;
      clearTimeout(timer);
      if (search === '') hits.set(NOTHING);
      else timer = setTimeout(() => void ask(search, archived, question), PAUSE_MS);
    },
  };
}
