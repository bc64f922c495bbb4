import { type RefObject, useRef, useState } from 'react';
import type { Client } from '../../../../contract/client.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { findPaths } from '../../../../contract/workspace/find-paths.ts';
import { useClient } from '../../../state/hooks.ts';
import { type Mention, mentionAt, withMention } from './mention.logic.ts';

const NONE: readonly string[] = [];
const MOST = 8;

/** Completes the paths of files of the workspace after `@`, those that have changed first, and the agent's commands after `/`. */
export function useMention(
  { id: taskId, workspace }: Pick<Task, 'id' | 'workspace'>,
  field: RefObject<HTMLTextAreaElement | null>,
  change: (text: string) => void,
) {
  const client = useClient();
  const [mention, setMention] = useState<Mention | null>(null);
  const [found, setFound] = useState<readonly string[]>(NONE);
  const [at, setAt] = useState(0);
  const offered = useRef<{ begun: string; first: Promise<readonly string[]> } | null>(null);
  const newest = useRef(0);
  const workspaceId = workspace?.id ?? null;
  const choices = mention === null ? NONE : found;

  async function complete({ sign, from, query }: Mention, no: number): Promise<void> {
    const begun = `${sign}${from}`;
    // Asked for once, when one is begun.
    if (offered.current?.begun !== begun)
      offered.current = { begun, first: firstOf(client, sign, taskId, workspaceId) };
    const first = findPaths(query, await offered.current.first, MOST);
    const more =
      sign === '/' || workspaceId === null || first.length === MOST
        ? NONE
        : await client.workspaces.files({ workspaceId, query, limit: MOST }).then(
            ({ paths }) => paths,
            () => NONE,
          );
    if (newest.current === no) setFound([...new Set([...first, ...more])].slice(0, MOST));
  }

  function look({ value, selectionStart }: HTMLTextAreaElement): void {
    const next = mentionAt(value, selectionStart);
    setMention(next);
    setAt(0);
    newest.current += 1;
    if (next === null) close();
    else void complete(next, newest.current);
  }

  function close(): void {
    newest.current += 1;
    offered.current = null;
    setMention(null);
    setFound(NONE);
  }

  function choose(choice: string): void {
    const { current } = field;
    if (mention === null || current === null) return;
    const { text, caret } = withMention(current.value, mention, choice);
    change(text);
    close();
    requestAnimationFrame(() => current.setSelectionRange(caret, caret));
  }

  /** True when the key was for the list. */
  function onKeyDown(event: React.KeyboardEvent): boolean {
    if (choices.length === 0) return false;
    if (event.key === 'ArrowDown') setAt((at + 1) % choices.length);
    else if (event.key === 'ArrowUp') setAt((at + choices.length - 1) % choices.length);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey))
      choose(choices[at] ?? '');
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { sign: mention?.sign ?? '@', choices, at, look, choose, onKeyDown, close };
}

/** What is offered before anything else: the agent's commands, or the files that have changed. */
function firstOf(
  client: Client,
  sign: Mention['sign'],
  taskId: string,
  workspaceId: string | null,
): Promise<readonly string[]> {
  const asked =
    sign === '/'
      ? client.agents.commands({ taskId }).then(({ names }) => names)
      : workspaceId === null
        ? Promise.resolve(NONE)
        : client.workspaces
            .changes({ workspaceId })
            .then(({ files }) => files.filter(({ status }) => status !== 'deleted').map(({ path }) => path));
  return asked.catch(() => NONE);
}
