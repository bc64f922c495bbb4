import { splitCommand } from '../../contract/words/argv.ts';
import { badInput } from '../failure.ts';

/** A command that was typed as one text, as program and arguments. Throws `Failure` with what is wrong with it. */
export function readCommand(text: string): string[] {
  const split = splitCommand(text);
  if (!split.ok) throw badInput(split.problem);
  return split.argv;
}
