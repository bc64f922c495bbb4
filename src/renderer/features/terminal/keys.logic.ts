/** What is read of a key. */
type Key = Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'code' | 'key'>;

/** Ctrl-Shift-Escape, or Cmd-Shift-Escape: no program in a terminal gets it, so it leads out of one. */
export function isLeaveKey({ ctrlKey, metaKey, shiftKey, key }: Key): boolean {
  return (ctrlKey || metaKey) && shiftKey && key === 'Escape';
}

/** Ctrl-Shift-F, or Cmd-F: Ctrl-F alone belongs to the program. */
export function isFindKey({ ctrlKey, metaKey, shiftKey, altKey, code }: Key): boolean {
  return code === 'KeyF' && !altKey && ((ctrlKey && shiftKey && !metaKey) || (metaKey && !ctrlKey && !shiftKey));
}
