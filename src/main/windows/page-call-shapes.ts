import { FOLDER_PLACES, type FolderRequest } from '../../contract/desktop.ts';
import { ID_PATTERNS } from '../../contract/id-patterns.ts';

const LONGEST_PLACE = 200;
const LONGEST_PATH = 4096;
const HIGHEST = 10_000;

/** Whether it is a place in our own page, such as `#/tasks/a1b2c3d4e`: what follows `#/` can name no other page. */
export function isPlace(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_PLACE && /^#\/[\w./?=&%-]*$/.test(value);
}

/** Whether it is a height that a page can have, in CSS pixels. */
export function isHeight(value: unknown): value is number {
  return typeof value === 'number' && value >= 1 && value <= HIGHEST;
}

/**
 * Whether it is what a page may ask to be opened: a workspace by its id, maybe a file in it, a file that a terminal
 * names, or the data folder.
 */
export function isFolderRequest(value: unknown): value is FolderRequest {
  if (typeof value !== 'object' || value === null || !('what' in value)) return false;
  if (value.what === 'data') return true;
  if (value.what === 'terminal') return isFileOfTerminal(value);
  if (value.what !== 'workspace' || !('workspaceId' in value) || !('in' in value)) return false;
  const { workspaceId, in: place } = value;
  const path = 'path' in value ? value.path : undefined;
  return (
    (path === undefined || isPath(path)) &&
    typeof workspaceId === 'string' &&
    /^a\w{8}-\d{1,6}$/.test(workspaceId) &&
    FOLDER_PLACES.some((one) => one === place)
  );
}

function isFileOfTerminal(value: object): boolean {
  const { terminalId, path, line, column } = value as Record<string, unknown>;
  return (
    typeof terminalId === 'string' &&
    ID_PATTERNS.terminal.test(terminalId) &&
    isPath(path) &&
    [line, column].every((one) => one === undefined || (Number.isSafeInteger(one) && Number(one) >= 1))
  );
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_PATH;
}
