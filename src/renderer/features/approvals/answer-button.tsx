import { Button, Kbd, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import type { Answering, Offered } from './answers.logic.ts';
import classes from './approvals.module.css';
import { labels } from './labels.ts';

interface AnswerButtonProps {
  /** The first is the button itself, the others are in its menu. */
  offered: readonly Offered[];
  filled: boolean;
  /** What it does cannot be taken back. */
  risky: boolean;
  showKeys: boolean;
  busy: boolean;
  off: boolean;
  onChoose(answering: Answering): void;
}

/** One answer as a button, with those like it in a menu beside it. Nothing of it moves while an answer is on its way. */
export function AnswerButton({ offered, filled, risky, showKeys, busy, off, onChoose }: AnswerButtonProps) {
  const [main, ...more] = offered;
  if (!main) return null;
  const look = { size: 'sm', variant: filled ? 'filled' : 'default', 'data-risky': risky || undefined } as const;
  const press = (one: Offered) => ({
    'aria-keyshortcuts': showKeys ? one.key : undefined,
    onClick: () => onChoose(one.answering),
  });
  return (
    <Button.Group>
      <Button
        {...look}
        className={classes.answer}
        disabled={off}
        aria-disabled={busy || undefined}
        rightSection={showKeys && <Kbd size="xs">{main.key.toUpperCase()}</Kbd>}
        {...press(main)}
      >
        {main.label}
      </Button>
      {more.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button {...look} className={classes.answerMore} aria-label={labels.more(main.label)}>
              <ChevronDown size="1em" aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((one) => (
              <Menu.Item
                key={one.answering}
                color={one.answering === 'deny-stop' ? 'var(--drover-danger)' : undefined}
                rightSection={showKeys && <Kbd size="xs">{one.key.toUpperCase()}</Kbd>}
                {...press(one)}
              >
                {one.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  );
}
