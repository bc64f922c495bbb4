import { Autocomplete, NumberInput, Radio, SegmentedControl, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SettingEntry } from '../../../contract/settings/state.ts';
import { quoteCommand, splitCommand } from '../../../contract/words/argv.ts';
import { useAgents, useSettings, useStore } from '../../state/hooks.ts';
import { CommandWords, QuotingHelp } from '../../ui/command-words.tsx';
import { fromAccelerator, toAccelerator } from '../../ui/keys.logic.ts';
import { readTime } from '../../ui/time.logic.ts';
import { labels as limits } from '../limits/labels.ts';
import { readLimit, writeLimit } from '../limits/limits.logic.ts';
import { offeredAgents } from '../welcome/agent-state.logic.ts';
import { readDays } from './days.logic.ts';
import { valueWords } from './find.logic.ts';
import { KeyField } from './key-field.tsx';
import { labels } from './labels.ts';
import { AUTOMATIC, CUSTOM, chosenProgram, programOptions } from './programs.logic.ts';
import { QuietUntil } from './quiet-until.tsx';
import { type Naming, Row } from './row.tsx';
import { type FormKey, type Option, SETTING_FORMS } from './setting-forms.ts';
import { useOpeners } from './use-openers.ts';
import { type Save, useSave } from './use-save.ts';

const SEGMENTS = 3;
const KNOWN_DAYS = [7, 30, 90];

/** One setting: its words, the control that fits it, and how saving went. */
export function SettingRow({ name, entry }: { name: FormKey; entry: SettingEntry }) {
  const { client } = useStore();
  const { label, help, control } = SETTING_FORMS[name];
  const save = useSave((value: unknown) => client.settings.set({ key: name, value }));
  const isDefault = JSON.stringify(entry.value) === JSON.stringify(entry.default);
  const tall = control.type === 'choice' && control.options.some(({ words }) => words);
  return (
    <Row
      label={label}
      help={help}
      hint={
        (control.type === 'command' || (control.type === 'program' && Array.isArray(entry.value))) && <QuotingHelp />
      }
      state={save.state}
      tall={tall}
      more={isDefault || control.type === 'quiet-until' ? null : labels.defaultIs(valueWords(name, entry.default))}
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
    case 'count':
      return (
        <TypedField
          naming={naming}
          save={save}
          shown={value === null ? '' : String(value)}
          placeholder={control.none}
          read={(text) => {
            const typed = text.trim();
            if (typed === '') return { value: null };
            const count = Number(typed);
            const isCount = Number.isInteger(count) && count >= 1 && count <= 100;
            return isCount ? { value: count } : { problem: labels.countUnreadable };
          }}
        />
      );
    case 'limit': {
      const { limit } = control;
      return (
        <TypedField
          naming={naming}
          save={save}
          shown={writeLimit(limit, typeof value === 'number' ? value : null)}
          placeholder={limits.none}
          read={(text) => {
            const most = readLimit(limit, text);
            return most === undefined ? { problem: limits.unreadable[limit] } : { value: most };
          }}
        />
      );
    }
    case 'days':
      return (
        <TypedField
          naming={naming}
          save={save}
          shown={valueWords(name, value)}
          known={[control.none, ...KNOWN_DAYS.map((days) => valueWords(name, days))]}
          read={(text) => {
            const days = readDays(text, control.none);
            return days === undefined ? { problem: labels.daysUnreadable } : { value: days };
          }}
        />
      );
    case 'time': {
      const { zero } = control;
      return (
        <TypedField
          naming={naming}
          save={save}
          shown={valueWords(name, value)}
          placeholder={labels.timeExample}
          known={control.known}
          read={(text) => {
            if (zero && ['off', 'never', 'no', ''].includes(text.trim().toLowerCase())) return { value: 0 };
            const ms = readTime(text);
            return ms === null ? { problem: labels.timeUnreadable } : { value: ms };
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
    case 'program':
      return (
        <ProgramField
          place={control.place}
          value={value}
          naming={naming}
          save={save}
          name={SETTING_FORMS[name].label}
        />
      );
    case 'port':
      return (
        <TypedField
          naming={naming}
          save={save}
          shown={value === 0 ? '' : String(value)}
          placeholder={labels.automatic}
          read={(text) => {
            const port = Number(text.trim());
            const isPort = Number.isInteger(port) && port >= 0 && port <= 65535;
            return isPort ? { value: port } : { problem: labels.portUnreadable };
          }}
        />
      );
    case 'agent':
      return (
        <Select
          {...naming}
          allowDeselect={false}
          data={offeredAgents(agents, String(value)).map((agent) => ({ value: agent.name, label: agent.title }))}
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
          placeholder={labels.default}
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
          refuse={(keys) => (/^(mod|ctrl|meta|alt)\+/.test(keys) || /^f\d/.test(keys) ? null : labels.keysNeedModifier)}
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

/** Of a field beside another one that has the name of the setting. */
interface OwnNaming {
  readonly 'aria-label': string;
  readonly 'aria-describedby': string;
}

interface TypedFieldProps {
  naming: Naming | OwnNaming;
  save: Save<unknown>;
  /** The value as it is written. */
  shown: string;
  placeholder?: string;
  /** Texts that can be chosen instead of typed. */
  known?: readonly string[] | undefined;
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

interface ProgramFieldProps {
  place: 'editor' | 'terminal';
  /** What it is called. */
  name: string;
  value: unknown;
  naming: Naming;
  save: Save<unknown>;
}

/** A menu of the programs that were found; any other command is typed below it. */
function ProgramField({ place, name, value, naming, save }: ProgramFieldProps) {
  const openers = useOpeners();
  const argv = Array.isArray(value) ? value.map(String) : null;
  const programs = openers?.[place] ?? [];
  const stored = chosenProgram(programs, argv);
  const [asked, setAsked] = useState(false);
  // Until it is known what was found, a command that was chosen is not said to be another one.
  const isCustom = asked || (stored === CUSTOM && openers !== null);
  return (
    <Stack gap="xs">
      <Select
        {...naming}
        allowDeselect={false}
        data={programOptions(programs)}
        value={isCustom ? CUSTOM : stored}
        onChange={(next) => {
          setAsked(next === CUSTOM);
          if (next !== null && next !== CUSTOM) void save.save(next === AUTOMATIC ? null : JSON.parse(next));
        }}
      />
      {isCustom && (
        <CommandField
          value={value}
          none={labels.customExample}
          naming={{ 'aria-describedby': naming['aria-describedby'], 'aria-label': labels.customCommand(name) }}
          save={save}
        />
      )}
    </Stack>
  );
}

interface CommandFieldProps {
  value: unknown;
  none: string;
  naming: Naming | OwnNaming;
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
