import type { SessionReport } from '../../backend.ts';
import { type Json, text } from '../protocol.ts';

/**
 * Text while it grows, which the program tells under ids of its own, a part at a time. The whole text comes later from
 * the transcript: it gets the id of the growing text that it begins with.
 */
export function createLiveText(report: SessionReport): { report: SessionReport; shown(input: Json): void } {
  const growing = new Map<string, string>();
  /** What is told after its whole text has been. */
  const over = new Set<string>();

  return {
    shown(input) {
      const [entryId, grown] = [text(input.message_id), text(input.delta)];
      if (entryId === null || !grown || over.has(entryId)) return;
      growing.set(entryId, (growing.get(entryId) ?? '') + grown);
      report.delta({ entryId, kind: 'text', text: grown });
    },
    report: {
      ...report,
      entry(entry) {
        const found =
          entry.type === 'text' ? [...growing].find(([, grown]) => entry.text.startsWith(grown)) : undefined;
        if (entry.type !== 'text' || !found) {
          report.entry(entry);
          return;
        }
        const [entryId] = found;
        growing.delete(entryId);
        over.add(entryId);
        report.entry({ ...entry, entryId });
      },
    },
  };
}
