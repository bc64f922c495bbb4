import { Code, Group, Text } from '@mantine/core';
import { HelpHint } from './help-hint.tsx';
import { labels } from './labels.ts';

/** How a typed command was understood: program and arguments, each one by itself. */
export function CommandWords({ commands }: { commands: readonly (readonly string[])[] }) {
  if (commands.every((argv) => argv.every((word) => /^[\w./:=@-]+$/.test(word)))) return null;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {labels.parsedAs}
      </Text>
      {commands.map((argv, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two commands may be the same.
        <Group key={index} gap="0.25rem">
          {argv.map((word, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two words may be the same.
            <Code key={at}>{word === '' ? labels.emptyArgument : word}</Code>
          ))}
        </Group>
      ))}
    </div>
  );
}

/** How commands are written, behind a “?”. */
export function QuotingHelp() {
  return (
    <HelpHint label={labels.quoting}>
      {labels.quotingRule} <Code>{labels.quotingExample}</Code>. {labels.noShell}
    </HelpHint>
  );
}
