import { truncate } from '../../../contract/text.ts';
import type { SessionReport } from '../../backends/backend.ts';
import type { StallWatch } from './stall-watch.ts';

/** Lets a watch see the commands of a session: what they print comes as growing output, their end as an entry. */
export function watchSession(report: SessionReport, watch: StallWatch): SessionReport {
  return {
    ...report,
    entry(entry) {
      if (entry.type === 'tool-called') watch.begin(entry.callId, nameOf(entry.name, entry.input));
      report.entry(entry);
      if (entry.type === 'tool-settled') watch.end(entry.callId);
    },
    delta(delta) {
      report.delta(delta);
      if (delta.kind === 'tool-output') watch.output(delta.entryId, delta.text);
    },
  };
}

/** The command, where the input has one. */
function nameOf(tool: string, input: string): string {
  try {
    const { command } = JSON.parse(input) as { command?: unknown };
    if (typeof command === 'string') return `The command “${truncate(command.replace(/\s+/g, ' ').trim(), 80)}”`;
  } catch {
    // Plain words, or not all of it: the name of the tool says enough.
  }
  return `The tool ${tool}`;
}
