import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { quoteCommands, splitCommands } from '../../../../contract/words/argv.ts';
import { CommandWords } from '../../../ui/command-words.tsx';
import type { Naming } from '../row.tsx';
import classes from '../settings.module.css';
import type { Save } from '../use-save.ts';

interface FieldProps<T> {
  naming: Naming;
  shown: string;
  save: Save<T>;
  placeholder?: string;
  read(text: string): { value: T } | { problem: string };
}

/** What was typed stays until it is written: at leaving the field. */
function useTyped<T>({ shown, save, read }: Omit<FieldProps<T>, 'naming'>) {
  const [typed, setTyped] = useState<string | null>(null);
  return {
    error: save.state.kind === 'refused',
    value: typed ?? shown,
    onChange(event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) {
      setTyped(event.currentTarget.value);
      save.quiet();
    },
    async onBlur() {
      if (typed === null || typed === shown) return setTyped(null);
      const found = read(typed);
      if ('problem' in found) save.refuse(found.problem);
      else if (await save.save(found.value)) setTyped(null);
    },
  };
}

/** A line of text that is written when it is left, or by Enter. */
export function LineField<T>({ naming, placeholder, ...rest }: FieldProps<T>) {
  const { onBlur, ...field } = useTyped(rest);
  return (
    <TextInput
      {...naming}
      placeholder={placeholder}
      {...field}
      onBlur={() => void onBlur()}
      onKeyDown={(event) => event.key === 'Enter' && void onBlur()}
    />
  );
}

/** Several lines that are written when they are left. */
export function AreaField<T>({ naming, placeholder, ...rest }: FieldProps<T>) {
  const { onBlur, ...field } = useTyped(rest);
  return (
    <Textarea
      {...naming}
      autosize
      minRows={2}
      maxRows={12}
      spellCheck={false}
      classNames={{ input: classes.code }}
      placeholder={placeholder}
      {...field}
      onBlur={() => void onBlur()}
    />
  );
}

interface CommandsFieldProps {
  naming: Naming;
  value: string[][];
  save: Save<string[][]>;
  example: string;
}

/** Commands, one per line, with what was understood below. */
export function CommandsField({ naming, value, save, example }: CommandsFieldProps) {
  return (
    <>
      <AreaField
        naming={naming}
        shown={quoteCommands(value)}
        save={save}
        placeholder={example}
        read={(text) => {
          const split = splitCommands(text);
          return split.ok ? { value: split.commands } : split;
        }}
      />
      <CommandWords commands={value} />
    </>
  );
}
