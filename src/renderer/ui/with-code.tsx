import { Code } from '@mantine/core';

/** A text in which backticks mark what is to be typed: those parts as code. Give it what is safe to show. */
export function WithCode({ text }: { text: string }) {
  const parts = text.split('`');
  // One that is never closed marks nothing.
  if (parts.length % 2 === 0) return text;
  return parts.map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and never change.
    at % 2 === 0 ? part : <Code key={at}>{part}</Code>,
  );
}
