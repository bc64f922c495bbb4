import { readFile } from 'node:fs/promises';
import type { TestHost } from './host.ts';
import { always, type Scenario, type Step, script } from './scripted-api/scenario.ts';

/** Gives a path in the workspace of the task, which is known only when the call is made. */
export type At = (name: string) => string;

/** The given calls one after the other, each in a message of its own; then what came of the last one. */
export function calls(...steps: ((at: At) => Step)[]): (at: At) => Scenario {
  return (at) =>
    script(...steps.map((step) => ({ steps: () => [step(at)] })), always('It came to: {{lastToolResult}}'));
}

export const write =
  (name: string, content = 'theirs\n') =>
  (at: At): Step => ({ tool: 'Write', input: { file_path: at(name), content } });

export const bash = (command: string) => (): Step => ({ tool: 'Bash', input: { command, description: 'Run it' } });

/** What the agent said last. */
export async function told(drover: TestHost, taskId: string): Promise<string | undefined> {
  const log = await drover.log(taskId);
  return log.flatMap(({ event }) => (event.type === 'entry.text' ? [event.content.text] : [])).at(-1);
}

/** What is in a file; null when it is not there. */
export function content(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
