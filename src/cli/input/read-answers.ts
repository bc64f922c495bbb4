import type { AgentQuestion } from '../../contract/run/tool-call.ts';
import { badInput } from '../failure.ts';

/**
 * Answers to the questions of an agent from one word or text for each, in their order: the number or the name of a
 * choice, several joined by commas where several may be chosen, or words of one's own; a dash leaves one out.
 */
export function readAnswers(
  questions: readonly AgentQuestion[],
  words: readonly string[],
): Record<string, string | string[]> {
  if (words.length === 0 || words.length > questions.length) {
    const n = questions.length;
    throw badInput(
      `Give ${n === 1 ? 'one answer' : `at most ${n} answers, one for each question`}, a dash leaves one out.`,
    );
  }
  const answers = questions.flatMap((question, index) => {
    const word = words[index];
    return word === undefined || word === '-' ? [] : [[question.question, readAnswer(question, word)] as const];
  });
  return Object.fromEntries(answers);
}

function readAnswer({ multiSelect, options }: AgentQuestion, word: string): string | string[] {
  const chosen = (text: string) =>
    options.find(({ label }) => label === text)?.label ??
    options.find(({ label }) => label.toLowerCase() === text.toLowerCase())?.label ??
    (/^[1-9]\d?$/.test(text) ? options[Number(text) - 1]?.label : undefined);
  const whole = chosen(word.trim());
  if (whole !== undefined || !multiSelect) return whole ?? word;
  const parts = word.split(',').map((part) => chosen(part.trim()));
  return parts.every((part) => part !== undefined) ? parts : word;
}
