import type { ToolCall } from '../../../contract/run/tool-call.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { labels } from './labels.ts';

const words = labels.doing;
const LONGEST = 80;

/** What an agent does with a call, in a few words: `Writing notes/3.md`; null where that would say nothing. */
export function doingWords(call: ToolCall): string | null {
  switch (call.kind) {
    case 'command':
      return call.command === null ? null : words.command(visibleLine(call.command, LONGEST));
    case 'read':
      return about(call.paths, words.read);
    case 'edit':
    case 'write':
      return about(call.paths, words.write);
    case 'search':
      return call.pattern === null ? words.searching : words.search(visibleLine(call.pattern, LONGEST));
    case 'fetch':
      return words.fetch;
    case 'subagent':
      return call.about === null ? words.subagent : visibleLine(call.about, LONGEST);
    default:
      return null;
  }
}

function about(paths: readonly (string | null)[], say: (name: string) => string): string | null {
  const [path] = paths;
  return path ? say(visibleLine(shortPath(path), LONGEST)) : null;
}

/** The end of a path, which tells files apart; the folders above are those of the workspace. */
function shortPath(path: string): string {
  const parts = path.split(/[/\\]/).filter(Boolean);
  return path === parts.join('/') ? path : parts.slice(-2).join('/');
}
