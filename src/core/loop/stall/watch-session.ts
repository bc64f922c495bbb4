import type { ToolCall } from '../../../contract/run/tool-call.ts';
import { truncate } from '../../../contract/text.ts';
import type { SessionReport } from '../../backends/backend.ts';
import type { StallWatch } from './stall-watch.ts';

/** Lets a watch see the commands of a session: what they print comes as growing output, their end as an entry. */
export function watchSession(report: SessionReport, watch: StallWatch): SessionReport {
  return {
    ...report,
    entry(entry) {
      if (entry.type === 'tool-called') watch.begin(entry.callId, nameOf(entry.call));
      report.entry(entry);
      if (entry.type === 'tool-settled') watch.end(entry.callId);
    },
    delta(delta) {
      report.delta(delta);
      if (delta.kind === 'tool-output') watch.output(delta.entryId, delta.text);
    },
  };
}

/** The command, where it is one. */
function nameOf(call: ToolCall): string {
  if (call.kind !== 'command' || call.command === null) return `The tool ${call.title}`;
  return `The command “${truncate(call.command.replace(/\s+/g, ' ').trim(), 80)}”`;
}
