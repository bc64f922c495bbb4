import { Button, Group, Text, Textarea } from '@mantine/core';
import { Clock, Paperclip } from 'lucide-react';
import { useState } from 'react';
import type { QueuedMessage } from '../../../../contract/run/state.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { QUEUED_WORDS, whenSent } from '../../../../contract/words/message.ts';
import { act } from '../../../state/act.ts';
import { useAgents, useClient } from '../../../state/hooks.ts';
import { Markdown } from '../../../ui/markdown.tsx';
import { visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import classes from './composer.module.css';
import { MOVES, MoveButtons } from './move-buttons.tsx';
import { canSendNow } from './send-now.logic.ts';
import { useMovedFocus } from './use-moved-focus.ts';

const namesOf = (files: readonly { name: string }[]) => files.map(({ name }) => visibleLine(name, 60)).join(', ');
const MAX_LENGTH = 64 * 1024;

/** What was written to the agent and it has not read yet, with what can still be done about it. */
export function QueuedMessages({ task }: { task: Task }) {
  const client = useClient();
  const agents = useAgents() ?? [];
  const [editing, setEditing] = useState<QueuedMessage | null>(null);
  const [busy, setBusy] = useState(false);
  const { messages } = task;
  const { list, focusAfter } = useMovedFocus(messages);
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
  function move(index: number, by: -1 | 1): void {
    const { id: messageId } = messages[index] ?? {};
    const to = index + by;
    if (messageId === undefined || to < 0 || to >= messages.length) return;
    focusAfter(messageId, by);
    const before = messages[by < 0 ? to : to + 1]?.id ?? null;
    void act((id) => client.messages.move({ taskId: task.id, messageId, before, ...id }));
  }
  const remove = (messageId: string) =>
    once(() => act((id) => client.messages.remove({ taskId: task.id, messageId, ...id })));

  function form(edited: QueuedMessage) {
    return (
      <>
        {isGone && (
          <Text size="xs" c="dimmed">
            {labels.queued.gone}
          </Text>
        )}
        <Textarea
          size="sm"
          autosize
          minRows={1}
          maxRows={8}
          maxLength={MAX_LENGTH}
          aria-label={labels.queued.field}
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
            {isGone ? labels.queued.sendAsNew : labels.queued.save}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setEditing(null)}>
            {isGone ? labels.queued.discard : labels.queued.cancel}
          </Button>
        </Group>
      </>
    );
  }

  return (
    <div className={classes.queued}>
      <ul ref={list} aria-label={labels.queued.list}>
        {messages.map((message, index) => (
          <li
            key={message.id}
            className={classes.queuedMessage}
            onKeyDown={(event) => {
              const by = event.altKey && editing === null ? MOVES[event.key] : undefined;
              if (by === undefined) return;
              event.preventDefault();
              move(index, by);
            }}
          >
            {editing?.id === message.id ? (
              form(editing)
            ) : (
              <>
                <div className={classes.queuedText}>
                  <Markdown text={message.text} />
                </div>
                {message.attachments && (
                  <Text size="xs" c="dimmed" mt={4}>
                    <Paperclip size="0.9em" aria-hidden /> {labels.queued.attached(namesOf(message.attachments))}
                  </Text>
                )}
                <Group gap="xs" mt={4}>
                  <Text size="xs" c="dimmed" mr="auto">
                    <Clock size="0.9em" aria-hidden /> {words}
                  </Text>
                  {messages.length > 1 && <MoveButtons at={index} count={messages.length} onMove={move} />}
                  <Button size="compact-xs" variant="default" disabled={busy} onClick={() => setEditing(message)}>
                    {labels.queued.edit}
                  </Button>
                  <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void remove(message.id)}>
                    {labels.queued.remove}
                  </Button>
                  {canSend && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      disabled={busy}
                      title={labels.queued.sendNowHint}
                      onClick={() => void sendNow(message.id)}
                    >
                      {labels.queued.sendNow}
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
          {labels.queued.sendAndContinue}
        </Button>
      )}
    </div>
  );
}
