import { Button, type ButtonProps, Combobox, Text, Tooltip, useCombobox } from '@mantine/core';
import { Check, ChevronDown } from 'lucide-react';
import { type ComponentPropsWithRef, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ActionName } from '../../app/actions.logic.ts';
import { useActions, useKeyHint } from '../../app/actions.ts';
import { projectDialogOpen } from '../../app/window-state.ts';
import { labels } from './labels.ts';
import classes from './new-task.module.css';

export interface ChipOption {
  readonly value: string;
  readonly label: string;
  /** A line on what it means. */
  readonly words?: string | undefined;
  /** In small print at the right. */
  readonly side?: string | undefined;
}

export interface ChipSearch {
  readonly placeholder: string;
  /** The option for a text that is none of them; left out where only those can be chosen. */
  readonly other?: (text: string) => string;
  /** Told when somebody types, to give other options. */
  readonly onText?: (text: string) => void;
}

export interface ChipSelectProps {
  /** What is chosen here, such as “Project”. */
  name: string;
  icon: ReactNode;
  /** What the chip says. */
  shown: string;
  value: string;
  options: readonly ChipOption[];
  /** The keys that open it. */
  action: ActionName;
  disabled?: boolean;
  invalid?: boolean;
  search?: ChipSearch;
  /** Said below the options. */
  note?: string | null;
  onOpen?(): void;
  onClose?(): void;
  onChoose(value: string): void;
}

/** A choice that takes no more room than what was chosen. */
export function ChipSelect(props: ChipSelectProps) {
  const { name, icon, shown, value, options, action, disabled, invalid, search, note, onOpen, onClose, onChoose } =
    props;
  const [text, setText] = useState('');
  const line = useRef<HTMLSpanElement>(null);
  const hint = useKeyHint(action);
  const type = (next: string) => {
    setText(next);
    search?.onText?.(next);
  };
  const combobox = useCombobox({
    onDropdownOpen() {
      onOpen?.();
      if (search) combobox.focusSearchInput();
      else combobox.updateSelectedOptionIndex('active');
    },
    onDropdownClose(source) {
      onClose?.();
      combobox.resetSelectedOption();
      if (text !== '') type('');
      if (source === 'keyboard') combobox.focusTarget();
    },
  });
  useActions([
    {
      name: action,
      applies: () => !disabled && !projectDialogOpen.get(),
      run() {
        // A menu hides while what it belongs to is scrolled out of sight.
        line.current?.scrollIntoView({ block: 'nearest' });
        combobox.openDropdown('keyboard');
      },
    },
  ]);

  const typed = text.trim();
  const words = typed.toLowerCase().split(/\s+/);
  // Also of those that fit by another's account: they may still be the answer to what was typed before.
  const found = options.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  const isOther = search?.other && typed !== '' && options.every(({ value: one }) => one !== typed);
  const offered = found.map(({ value: one }) => one).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: Enter takes the first of those that are offered now.
  useEffect(() => {
    if (typed !== '') combobox.selectFirstOption();
  }, [typed, offered]);
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width="max-content"
      onOptionSubmit={(next) => {
        onChoose(next);
        combobox.closeDropdown();
        combobox.focusTarget();
      }}
    >
      <Combobox.Target targetType="button" withExpandedAttribute>
        <ChipButton
          words={`${name}${hint.suffix}`}
          withWords={!combobox.dropdownOpened}
          disabled={disabled}
          data-invalid={invalid || undefined}
          aria-label={name}
          aria-keyshortcuts={hint.aria}
          leftSection={icon}
          onClick={() => combobox.toggleDropdown()}
        >
          <span ref={line}>{shown}</span>
        </ChipButton>
      </Combobox.Target>
      <Combobox.Dropdown className={classes.chipMenu}>
        {search && (
          <Combobox.Search
            value={text}
            aria-label={search.placeholder}
            placeholder={search.placeholder}
            spellCheck={false}
            onChange={(event) => type(event.currentTarget.value)}
          />
        )}
        <Combobox.Options className={classes.chipOptions} aria-label={name}>
          {found.map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={option.value === value}>
              <ChipLine option={option} isChosen={option.value === value} />
            </Combobox.Option>
          ))}
          {isOther && search.other && <Combobox.Option value={typed}>{search.other(typed)}</Combobox.Option>}
          {found.length === 0 && !isOther && <Combobox.Empty>{labels.nothingFound}</Combobox.Empty>}
        </Combobox.Options>
        {note && <Combobox.Footer>{note}</Combobox.Footer>}
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface ChipButtonProps
  extends Omit<ButtonProps, 'classNames'>,
    Omit<ComponentPropsWithRef<'button'>, 'color' | 'style'> {
  /** At the mouse. */
  words: string;
  withWords: boolean;
}

/** Takes what the menu gives to what opens it, which a tooltip around it would keep. */
function ChipButton({ words, withWords, ...rest }: ChipButtonProps) {
  return (
    <Tooltip label={words} disabled={!withWords}>
      <Button
        {...rest}
        className={classes.chip}
        variant="default"
        size="compact-sm"
        radius="xl"
        rightSection={<ChevronDown size="0.9em" aria-hidden />}
      />
    </Tooltip>
  );
}

function ChipLine({ option, isChosen }: { option: ChipOption; isChosen: boolean }) {
  return (
    <div className={classes.chipLine}>
      <Check className={classes.chosen} data-shown={isChosen || undefined} aria-hidden />
      <div className={classes.chipWords}>
        <Text size="sm" truncate="end">
          {option.label}
        </Text>
        {option.words && (
          <Text size="xs" c="dimmed">
            {option.words}
          </Text>
        )}
      </div>
      {option.side && (
        <Text size="xs" c="dimmed" className={classes.side}>
          {option.side}
        </Text>
      )}
    </div>
  );
}
