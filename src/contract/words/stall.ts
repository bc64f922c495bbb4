/** What a person lets the agent of a stalled command be told; which command it was comes with the prompt. */
export const STALL_MESSAGE =
  'A command was waiting for an answer that nobody can give it, and was ended. Run it again so that it asks nothing, and continue.';
