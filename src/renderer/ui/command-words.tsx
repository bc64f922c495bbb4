import { Code, Group, Text } from '@mantine/core';

/** How a typed command was understood: program and arguments, each one by itself. */
export function CommandWords({ commands }: { commands: readonly (readonly string[])[] }) {
  if (commands.every((argv) => argv.every((word) => /^[\w./:=@-]+$/.test(word)))) return null;
  return (
    <div>
      <Text size="xs" c="dimmed">
        Parsed as:
      </Text>
      {commands.map((argv, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two commands may be the same.
        <Group key={index} gap="0.25rem">
          {argv.map((word, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two words may be the same.
            <Code key={at}>{word === '' ? '(empty)' : word}</Code>
          ))}
        </Group>
      ))}
    </div>
  );
}

export const QUOTING =
  'Separate arguments with spaces; quote arguments that contain spaces, such as npm run "my check". No shell: no pipes, no variables.';
