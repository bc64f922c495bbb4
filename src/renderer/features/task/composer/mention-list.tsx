import { visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import own from './composer.module.css';

interface MentionListProps {
  id: string;
  /** Of what it is. */
  sign: '@' | '/';
  choices: readonly string[];
  /** The one that Enter takes. */
  at: number;
  onChoose(choice: string): void;
}

/** Files that fit what is written after `@`, or commands after `/`; the keys stay with the field. */
export function MentionList({ id, sign, choices, at, onChoose }: MentionListProps) {
  return (
    <div
      id={id}
      className={own.mentions}
      role="listbox"
      aria-label={sign === '/' ? labels.composer.commands : labels.composer.files}
    >
      {choices.map((choice, index) => (
        <div
          key={choice}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={own.mention}
          // Before the field loses the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(choice);
          }}
        >
          {visibleLine(sign === '/' ? `/${choice}` : choice, 200)}
        </div>
      ))}
    </div>
  );
}
