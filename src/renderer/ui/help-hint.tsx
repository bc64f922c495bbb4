import { ActionIcon, Popover, Text } from '@mantine/core';
import { CircleQuestionMark } from 'lucide-react';
import { type ReactNode, useState } from 'react';

export interface HelpHintProps {
  /** What the explanation is about. */
  label: string;
  children: ReactNode;
}

/** A longer explanation behind a “?”: shown to the mouse that rests on it, and by a press of it. */
export function HelpHint({ label, children }: HelpHintProps) {
  const [pressed, setPressed] = useState(false);
  const [hovered, setHovered] = useState(false);
  return (
    <Popover
      opened={pressed || hovered}
      onChange={setPressed}
      width={300}
      position="top"
      withArrow
      shadow="md"
      withRoles={false}
    >
      <Popover.Target>
        <ActionIcon
          component="button"
          type="button"
          variant="transparent"
          color="gray"
          size="1.2em"
          style={{ verticalAlign: 'text-bottom' }}
          aria-label={label}
          aria-expanded={pressed || hovered}
          onClick={() => setPressed(!pressed)}
          onMouseEnter={() => setHovered(true)}
          onMouseLeave={() => setHovered(false)}
          onBlur={() => setPressed(false)}
        >
          <CircleQuestionMark size="1em" aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" component="div" role="status">
          {children}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
