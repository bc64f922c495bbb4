import { ActionIcon, Group, Textarea, Tooltip } from '@mantine/core';
import { SendHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { Task } from '../../../contract/task/state.ts';
import { type Queued, whenSent } from '../../../contract/words/message.ts';
import { act } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { QueuedMessages } from './queued-messages.tsx';
import classes from './task.module.css';

const BOX_WORDS: Record<Queued, string> = {
  'after-turn': 'sent after this turn',
  'at-start': 'sent when the task starts',
  'not-sent': 'continues the task',
};

/** Sends a follow-up to the agent. What is typed is kept until it is sent, also when the window closes. */
export function MessageBox({ task }: { task: Task }) {
  const client = useClient();
  const key = `message.${task.id}`;
  const [text, setText] = useState(() => readStored(key) ?? '');
  const [sending, setSending] = useState(false);
  if (task.status === 'draft') return null;

  function change(next: string): void {
    setText(next);
    writeStored(key, next === '' ? null : next);
  }
  async function send(): Promise<void> {
    const words = text.trim();
    if (words === '' || sending) return;
    setSending(true);
    if (await act((id) => client.tasks.message({ taskId: task.id, text: words, ...id }))) change('');
    setSending(false);
  }

  return (
    <div className={classes.box} data-message-box>
      <QueuedMessages task={task} />
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <Textarea
          flex={1}
          size="sm"
          autosize
          minRows={1}
          maxRows={8}
          maxLength={64 * 1024}
          aria-label="Message to the agent"
          placeholder={`Message the agent – ${BOX_WORDS[whenSent(task)]}`}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              void send();
            }
          }}
        />
        <Tooltip label="Send (Ctrl Enter)">
          <ActionIcon
            size="lg"
            aria-label="Send message"
            aria-keyshortcuts="Control+Enter Meta+Enter"
            loading={sending}
            disabled={text.trim() === ''}
            onClick={() => void send()}
          >
            <SendHorizontal size="1.1em" aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  );
}
