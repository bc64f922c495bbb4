import { Button, Group, Text, Textarea } from '@mantine/core';
import { Clock } from 'lucide-react';
import { useState } from 'react';
import type { QueuedMessage } from '../../../contract/run/state.ts';
import type { Task } from '../../../contract/task/state.ts';
import { QUEUED_WORDS, whenSent } from '../../../contract/words/message.ts';
import { act } from '../../state/act.ts';
import { useAgents, useClient } from '../../state/hooks.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { canSendNow } from './send-now.logic.ts';
import classes from './task.module.css';

const MAX_LENGTH = 64 * 1024;

/** What was written to the agent and it has not read yet, with what can still be done about it. */
export function QueuedMessages({ task }: { task: Task }) {
  const client = useClient();
  const agents = useAgents() ?? [];
  const [editing, setEditing] = useState<QueuedMessage | null>(null);
  const [busy, setBusy] = useState(false);
  const { messages } = task;
  const isGone = editing !== null && !messages.some(({ id }) => id === editing.id);
  if (messages.length === 0 && editing === null) return null;
  const sent = whenSent(task);
  const words = QUEUED_WORDS[sent];

  async function once<T>(work: () => Promise<T | null>): Promise<T | null> {
    setBusy(true);
    const done = await work();
    setBusy(false);
    return done;
  }
  async function save({ id: messageId, text }: QueuedMessage): Promise<void> {
    const [taskId, words] = [task.id, text.trim()];
    const saved = await once(() =>
      act((id) =>
        isGone
          ? client.tasks.message({ taskId, text: words, ...id })
          : client.messages.edit({ taskId, messageId, text: words, ...id }),
      ),
    );
    if (saved) setEditing(null);
  }
  const canSend = canSendNow(task, agents);
  const sendNow = (messageId: string) =>
    once(() => act((id) => client.messages.send({ taskId: task.id, messageId, ...id })));
  const remove = (messageId: string) =>
    once(() => act((id) => client.messages.remove({ taskId: task.id, messageId, ...id })));

  function form(edited: QueuedMessage) {
    return (
      <>
        {isGone && (
          <Text size="xs" c="dimmed">
            The message was sent, or removed, while you edited it.
          </Text>
        )}
        <Textarea
          size="sm"
          autosize
          minRows={1}
          maxRows={8}
          maxLength={MAX_LENGTH}
          aria-label="Queued message"
          autoFocus
          value={edited.text}
          onChange={(event) => setEditing({ ...edited, text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.stopPropagation();
              setEditing(null);
            } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              if (edited.text.trim() !== '') void save(edited);
            }
          }}
        />
        <Group gap="xs" mt={4}>
          <Button
            size="compact-xs"
            disabled={edited.text.trim() === ''}
            loading={busy}
            onClick={() => void save(edited)}
          >
            {isGone ? 'Send as a new message' : 'Save'}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setEditing(null)}>
            {isGone ? 'Discard' : 'Cancel'}
          </Button>
        </Group>
      </>
    );
  }

  return (
    <div className={classes.queued}>
      <ul aria-label="Queued messages">
        {messages.map((message) => (
          <li key={message.id} className={classes.queuedMessage}>
            {editing?.id === message.id ? (
              form(editing)
            ) : (
              <>
                <div className={classes.queuedText}>
                  <Markdown text={message.text} />
                </div>
                <Group gap="xs" mt={4}>
                  <Text size="xs" c="dimmed" mr="auto">
                    <Clock size="0.9em" aria-hidden /> {words}
                  </Text>
                  <Button size="compact-xs" variant="default" disabled={busy} onClick={() => setEditing(message)}>
                    Edit
                  </Button>
                  <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void remove(message.id)}>
                    Remove
                  </Button>
                  {canSend && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      disabled={busy}
                      title="Interrupts the agent"
                      onClick={() => void sendNow(message.id)}
                    >
                      Send now
                    </Button>
                  )}
                </Group>
              </>
            )}
          </li>
        ))}
        {isGone && editing && <li className={classes.queuedMessage}>{form(editing)}</li>}
      </ul>
      {messages.length > 0 && sent === 'not-sent' && task.status !== 'running' && (
        <Button
          size="compact-sm"
          loading={busy}
          onClick={() => void once(() => act((id) => client.tasks.resume({ taskId: task.id, ...id })))}
        >
          Send and continue
        </Button>
      )}
    </div>
  );
}
