import { Autocomplete, NumberInput, Radio, SegmentedControl, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SettingEntry } from '../../../contract/settings/state.ts';
import { quoteCommand, splitCommand } from '../../../contract/words/argv.ts';
import { useAgents, useSession, useSettings } from '../../state/hooks.ts';
import { CommandWords, QUOTING } from '../../ui/command-words.tsx';
import { fromAccelerator, toAccelerator } from '../../ui/keys.logic.ts';
import { readTime } from '../../ui/time.logic.ts';
import { valueWords } from './find.logic.ts';
import { KeyField } from './key-field.tsx';
import { QuietUntil } from './quiet-until.tsx';
import { type Naming, Row } from './row.tsx';
import { type FormKey, type Option, SETTING_FORMS } from './setting-forms.ts';
import { type Save, useSave } from './use-save.ts';

const SEGMENTS = 3;

/** One setting: its words, the control that fits it, and how saving went. */
export function SettingRow({ name, entry }: { name: FormKey; entry: SettingEntry }) {
  const { client } = useSession();
  const { label, help, control } = SETTING_FORMS[name];
  const save = useSave((value: unknown) => client.settings.set({ key: name, value }));
  const isDefault = JSON.stringify(entry.value) === JSON.stringify(entry.default);
  const tall = control.type === 'choice' && control.options.some(({ words }) => words);
  return (
    <Row
      label={label}
      help={control.type === 'command' ? `${help} ${QUOTING}` : help}
      state={save.state}
      tall={tall}
      more={isDefault || control.type === 'quiet-until' ? null : `Default: ${valueWords(name, entry.default)}`}
      onReset={isDefault || control.type === 'quiet-until' ? null : () => void save.save(entry.default)}
    >
      {(naming) => <SettingControl name={name} entry={entry} naming={naming} save={save} />}
    </Row>
  );
}

interface ControlProps {
  name: FormKey;
  entry: SettingEntry;
  naming: Naming;
  save: Save<unknown>;
}

function SettingControl({ name, entry, naming, save }: ControlProps) {
  const { control } = SETTING_FORMS[name];
  const agents = useAgents() ?? [];
  const settings = useSettings() ?? [];
  const value = save.pending === undefined ? entry.value : save.pending;
  switch (control.type) {
    case 'switch':
      return (
        <Switch
          {...naming}
          checked={value === true}
          onChange={(event) => void save.save(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return <Choice options={control.options} value={String(value)} naming={naming} onChange={save.save} />;
    case 'number':
      return <NumberField value={Number(value)} unit={control.unit} naming={naming} save={save} />;
    case 'time': {
      const { zero } = control;
      return (
        <TypedField
          naming={naming}
          save={save}
          shown={valueWords(name, value)}
          placeholder="90 s, 30 min, 2 h"
          read={(text) => {
            if (zero && [zero, 'off', 'no', ''].includes(text.trim().toLowerCase())) return { value: 0 };
            const ms = readTime(text);
            return ms === null ? { problem: 'Write a time such as 90 s, 30 min or 1 h 30 min.' } : { value: ms };
          }}
        />
      );
    }
    case 'text':
      return (
        <TypedField
          naming={naming}
          save={save}
          shown={String(value ?? '')}
          placeholder={control.none}
          read={(text) => ({ value: text.trim() })}
        />
      );
    case 'command':
      return <CommandField value={value} none={control.none} naming={naming} save={save} />;
    case 'agent':
      return (
        <Select
          {...naming}
          allowDeselect={false}
          data={agents.map((agent) => agent.name)}
          value={String(value)}
          onChange={(next) => void save.save(next)}
        />
      );
    case 'effort':
    case 'model': {
      const agent = agents.find((one) => one.name === settings.find(({ key }) => key === 'agent.default')?.value);
      const known = (control.type === 'model' ? agent?.capabilities.models : agent?.capabilities.efforts) ?? [];
      return (
        <TypedField
          naming={naming}
          save={save}
          shown={String(value ?? '')}
          placeholder="The agent’s own"
          known={known}
          read={(text) => ({ value: text.trim() || null })}
        />
      );
    }
    case 'quiet-until':
      return <QuietUntil value={typeof value === 'number' ? value : null} naming={naming} onChange={save.save} />;
    case 'global-keys':
      return (
        <KeyField
          describedBy={naming['aria-describedby']}
          invalid={save.state.kind === 'refused'}
          label={SETTING_FORMS[name].label}
          keys={typeof value === 'string' ? fromAccelerator(value) : null}
          refuse={(keys) =>
            /^(mod|ctrl|meta|alt)\+/.test(keys) || /^f\d/.test(keys)
              ? null
              : 'Keys that count everywhere need Ctrl, Cmd or Alt.'
          }
          onRefused={save.refuse}
          onChange={(keys) => void save.save(keys && toAccelerator(keys))}
        />
      );
  }
}

interface ChoiceProps {
  options: readonly Option[];
  value: string;
  naming: Naming;
  onChange(value: string): Promise<boolean>;
}

/** Few short ones beside each other, those with explanations below each other, many in a list. */
function Choice({ options, value, naming, onChange }: ChoiceProps) {
  if (options.some(({ words }) => words)) {
    return (
      <Radio.Group {...naming} value={value} onChange={(next) => void onChange(next)}>
        <Stack gap="xs">
          {options.map((option) => (
            <Radio key={option.value} size="sm" value={option.value} label={option.label} description={option.words} />
          ))}
        </Stack>
      </Radio.Group>
    );
  }
  if (options.length <= SEGMENTS && options.every(({ label }) => label.length < 16)) {
    return (
      <SegmentedControl
        {...naming}
        fullWidth
        size="xs"
        data={options.map((option) => ({ ...option }))}
        value={value}
        onChange={(next) => void onChange(next)}
      />
    );
  }
  return (
    <Select
      {...naming}
      allowDeselect={false}
      data={options.map(({ value: one, label }) => ({ value: one, label }))}
      value={value}
      onChange={(next) => next !== null && void onChange(next)}
    />
  );
}

interface NumberFieldProps {
  value: number;
  unit: string | undefined;
  naming: Naming;
  save: Save<unknown>;
}

function NumberField({ value, unit, naming, save }: NumberFieldProps) {
  const [typed, setTyped] = useState<number | string | null>(null);
  async function write(next: number | string): Promise<void> {
    if (next === '') setTyped(null);
    else if (Number(next) === value) setTyped(null);
    else if (await save.save(Number(next))) setTyped(null);
  }
  return (
    <NumberInput
      {...naming}
      error={save.state.kind === 'refused'}
      value={typed ?? value}
      suffix={unit && ` ${unit}`}
      allowDecimal={false}
      min={0}
      clampBehavior="none"
      onChange={(next) => {
        setTyped(next);
        save.quiet();
      }}
      onBlur={() => typed !== null && void write(typed)}
      onKeyDown={(event) => event.key === 'Enter' && typed !== null && void write(typed)}
    />
  );
}

interface TypedFieldProps {
  naming: Naming;
  save: Save<unknown>;
  /** The value as it is written. */
  shown: string;
  placeholder?: string;
  /** Texts that can be chosen instead of typed. */
  known?: readonly string[];
  read(text: string): { value: unknown } | { problem: string };
}

/** Text that is written when the person leaves the field or presses Enter; what was refused stays there to be mended. */
function TypedField({ naming, save, shown, placeholder, known, read }: TypedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  async function write(text: string | null): Promise<void> {
    if (text === null) return;
    if (text === shown) return setTyped(null);
    const found = read(text);
    if ('problem' in found) save.refuse(found.problem);
    else if (await save.save(found.value)) setTyped(null);
  }
  const common = {
    ...naming,
    error: save.state.kind === 'refused',
    value: typed ?? shown,
    placeholder,
    onBlur: () => void write(typed),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Enter') void write(typed);
    },
  };
  const change = (text: string) => {
    setTyped(text);
    save.quiet();
  };
  if (known && known.length > 0) {
    return <Autocomplete {...common} data={[...known]} onChange={change} onOptionSubmit={(text) => void write(text)} />;
  }
  return <TextInput {...common} onChange={(event) => change(event.currentTarget.value)} />;
}

interface CommandFieldProps {
  value: unknown;
  none: string;
  naming: Naming;
  save: Save<unknown>;
}

function CommandField({ value, none, naming, save }: CommandFieldProps) {
  const argv = Array.isArray(value) ? value.map(String) : [];
  return (
    <>
      <TypedField
        naming={naming}
        save={save}
        shown={quoteCommand(argv)}
        placeholder={none}
        read={(text) => {
          if (text.trim() === '') return { value: null };
          const split = splitCommand(text.trim());
          return split.ok ? { value: split.argv } : split;
        }}
      />
      {argv.length > 0 && <CommandWords commands={[argv]} />}
    </>
  );
}
