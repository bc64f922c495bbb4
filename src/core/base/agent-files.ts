/** Files of an agent's program that the judge of tool calls has to know. */
export interface AgentFiles {
  /**
   * Folders that decide, wherever they stand in a workspace, what runs there: they themselves, and what in them has one
   * of these names. In small letters.
   */
  guarded: readonly { folder: string; names: RegExp }[];
  /** Files and folders below the home that hold keys, relative to it. */
  keys: readonly string[];
}
