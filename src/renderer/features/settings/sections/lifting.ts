import type { ProtectedThing } from '../../../../contract/approval/state.ts';

/** What may happen once an agent is no longer always asked about, a sentence each. */
export const LIFTING_RISKS: Record<ProtectedThing, string> = {
  'delete-outside': 'An agent may delete your own files anywhere on this machine. Nothing keeps a copy.',
  'force-push': 'An agent may overwrite branches on the server, and work of others that is only there is lost.',
  'push-default-branch': 'An agent’s work may go straight to everybody, and to what is built from that branch.',
  'git-config': 'An agent may make git run programs of its choice, also later and outside of Drover.',
  'drover-data': 'An agent may change its own rules, limits and log, so that nothing here can be relied on.',
  'key-files': 'An agent may read passwords and keys, and send them wherever it can reach.',
};
