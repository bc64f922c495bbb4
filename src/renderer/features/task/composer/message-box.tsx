import { ActionIcon, FileButton, Textarea, Tooltip } from '@mantine/core';
import { Paperclip, SendHorizontal } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { hasNoGoal, isUnsettled } from '../../../../contract/task/derive.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { whenSent } from '../../../../contract/words/message.ts';
import { act } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { ariaKeys, onMac, writeKeys } from '../../../ui/keys.logic.ts';
import { readStored, writeStored } from '../../../ui/stored.ts';
import { AttachmentList, DropHint } from '../../attachments/attachment-list.tsx';
import { useDrop } from '../../attachments/use-drop.ts';
import { labels } from '../labels.ts';
import own from './composer.module.css';
import { MentionList } from './mention-list.tsx';
import { MessageHint } from './message-hint.tsx';
import { QueuedMessages } from './queued-messages.tsx';
import { readSent, stepSent, withSent } from './sent-messages.logic.ts';
import { StopButton } from './stop-button.tsx';
import { useMention } from './use-mention.ts';
import { useMessageFiles } from './use-message-files.ts';

const SEND = 'mod+enter';
const SENT = 'sent-messages';
const MAX_LENGTH = 64 * 1024;

export interface MessageBoxProps {
  task: Task;
  /** Left out where it is not stopped from. */
  onStop?: () => void;
}

/** Sends a follow-up to the agent. What is typed is kept until it is sent, also when the window closes. */
export function MessageBox({ task, onStop }: MessageBoxProps) {
  const client = useClient();
  const key = `message.${task.id}`;
  const [text, setText] = useState(() => readStored(key) ?? '');
  const [sending, setSending] = useState(false);
  /** Which message of those that were sent is shown; -1 for none. */
  const [shown, setShown] = useState(-1);
  const field = useRef<HTMLTextAreaElement>(null);
  const mention = useMention(task, field, change);
  const given = useMessageFiles(task.id);
  const drop = useDrop(given.attachments.add);
  const listId = useId();
  // Neither is anybody's to read: a draft begins with its goal, and a session without one waits for its person.
  if (task.status === 'draft' || (hasNoGoal(task) && !isUnsettled(task.status))) return null;

  function change(next: string): void {
    setText(next);
    setShown(-1);
    writeStored(key, next === '' ? null : next);
  }
  async function send(): Promise<void> {
    const words = text.trim();
    if (words === '' || sending || given.isOnTheWay) return;
    setSending(true);
    const files = given.files.length > 0 ? { attachments: given.files.map(({ id }) => id) } : {};
    if (await act((id) => client.tasks.message({ taskId: task.id, text: words, ...files, ...id }))) {
      writeStored(SENT, JSON.stringify(withSent(readSent(readStored(SENT)), words)));
      change('');
      given.clear();
    }
    setSending(false);
  }
  /** True when another message is shown. */
  function step(by: 1 | -1): boolean {
    if (text !== '' && shown < 0) return false;
    const next = stepSent(readSent(readStored(SENT)), shown, by);
    if (next === null) return false;
    change(next.text);
    setShown(next.at);
    return true;
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    if (mention.onKeyDown(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    } else if ((event.key === 'ArrowUp' && step(1)) || (event.key === 'ArrowDown' && step(-1))) {
      event.preventDefault();
    }
  }

  const { composer } = labels;
  const keys = writeKeys(SEND, onMac);
  return (
    <div className={own.composer} data-message-box {...drop.target}>
      <QueuedMessages task={task} />
      <div className={own.given}>
        <AttachmentList files={given.files} attachments={given.attachments} />
      </div>
      <div className={own.box}>
        {drop.dragged && <DropHint />}
        {mention.choices.length > 0 && (
          <MentionList
            id={listId}
            sign={mention.sign}
            choices={mention.choices}
            at={mention.at}
            onChoose={mention.choose}
          />
        )}
        <Textarea
          ref={field}
          variant="unstyled"
          size="sm"
          rows={1}
          maxLength={MAX_LENGTH}
          aria-label={composer.field}
          aria-controls={mention.choices.length > 0 ? listId : undefined}
          aria-activedescendant={mention.choices.length > 0 ? `${listId}-${mention.at}` : undefined}
          placeholder={composer.placeholder[whenSent(task)]}
          classNames={{ root: own.field, input: own.input }}
          value={text}
          onChange={(event) => {
            change(event.currentTarget.value);
            mention.look(event.currentTarget);
          }}
          onBlur={mention.close}
          onKeyDown={onKeyDown}
        />
        <span className={own.keys} aria-hidden>
          {keys}
        </span>
        <FileButton multiple onChange={given.attachments.add}>
          {(props) => (
            <Tooltip label={composer.attach}>
              <ActionIcon {...props} variant="subtle" color="gray" size="md" aria-label={composer.attach}>
                <Paperclip size="1em" aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
        {onStop && <StopButton task={task} onStop={onStop} />}
        <Tooltip label={composer.sendHint(keys)}>
          <ActionIcon
            size="md"
            aria-label={composer.send}
            aria-keyshortcuts={ariaKeys(SEND, onMac)}
            loading={sending}
            disabled={text.trim() === '' || given.isOnTheWay}
            onClick={() => void send()}
          >
            <SendHorizontal size="1em" aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <MessageHint task={task} hasText={text.trim() !== ''} given={given} />
    </div>
  );
}
