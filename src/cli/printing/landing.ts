import type { LandingPreview } from '../../contract/landing/state.ts';
import { previewSentences } from '../../contract/words/landing.ts';
import { plural } from '../../contract/words/measure.ts';
import { safeBlock, safeLine } from './sanitise.ts';
import type { View } from './view.ts';

const SHOWN = 20;

/** What a landing would do, for a person who decides on it. */
export function previewLines(view: View, preview: LandingPreview, message: string | undefined): string[] {
  const { branch, onto, commits, uncommitted, files, conflicts, problems, leftOut } = preview;
  const said = message ?? preview.message;
  return [
    view.paint('bold', `${safeLine(branch)} onto ${safeLine(onto)}`),
    ...previewSentences(preview).map(safeLine),
    ...list(
      `${plural(commits.total, 'commit')}:`,
      commits.list.map(({ commit, subject }) => `${commit}  ${safeLine(subject)}`),
      commits.total,
    ),
    ...list('Not committed yet:', uncommitted.paths.map(safeLine), uncommitted.total),
    ...list(
      `${plural(files.total, 'file')}:`,
      files.list.map(
        ({ path, status, insertions, deletions }) =>
          `${safeLine(path)}  ${status}${insertions === null ? '' : `, +${insertions} -${deletions ?? 0}`}`,
      ),
      files.total,
    ),
    ...list(
      'Conflicts:',
      conflicts.map(({ path, words }) => `${safeLine(path)}: ${safeLine(words)}`),
      conflicts.length,
    ),
    ...leftOut.map(safeLine),
    ...(said === null
      ? []
      : [
          'Message:',
          ...safeBlock(said)
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`.trimEnd()),
        ]),
    ...problems.map((problem) => view.paint('red', safeLine(problem))),
  ];
}

function list(title: string, lines: readonly string[], total: number): string[] {
  if (total === 0) return [];
  const more = total - Math.min(lines.length, SHOWN);
  return [title, ...lines.slice(0, SHOWN).map((line) => `  ${line}`), ...(more > 0 ? [`  … ${more} more`] : [])];
}
