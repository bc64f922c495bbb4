/** The command that resumes a session outside of Drover; null where none is known. */
export function resumeCommand(backend: string | undefined, sessionId: string): string | null {
  if (!/^[\w.:-]+$/.test(sessionId)) return null;
  return backend === 'claude' ? `claude --resume ${sessionId}` : null;
}
