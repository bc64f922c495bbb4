import type { LongText } from '../../contract/run/long-text.ts';
import type { LoggedEvent, TaskEvent } from '../../contract/task/events.ts';
import type { Item } from '../../contract/task/state.ts';
import { revealHidden } from '../../contract/text.ts';
import { quoteCommand } from '../input/split-command.ts';
import { itemSign, who } from './item.ts';
import { bytes, cost, duration, tokens } from './measure.ts';
import { safeBlock, safeLine } from './sanitise.ts';
import { outcomeLines } from './task.ts';
import { tellingArgument, toolName } from './tool.ts';
import type { View } from './view.ts';
import { cut } from './width.ts';

type EventOf<T extends TaskEvent['type']> = Extract<TaskEvent, { type: T }>;

/** Turns the events of one task, in their order, into lines. It remembers only open tool calls and item texts. */
export interface LogPrinter {
  /** The lines of one more event; often none. Events of unknown types have none. */
  lines(event: LoggedEvent): string[];
  /** A line on the newest tool call that has no result yet; null when there is none. */
  open(): string | null;
}

export interface LogPrinterOptions {
  /** Whole texts and everything that is left out otherwise. */
  full?: boolean;
  /** The items so far, for a log that is not read from its beginning. */
  items?: readonly Pick<Item, 'id' | 'text'>[];
  /** The path of the workspace, likewise. */
  workspace?: string | null;
}

/** Foreign text is indented, so that an agent cannot write a line that looks like one of Drover's. */
const INDENT = '  ';
const SUBAGENT = '  ┆ ';
const PROMPT_LINES = 12;
const OUTPUT_LINES = 10;

export function createLogPrinter(view: () => View, options: LogPrinterOptions = {}): LogPrinter {
  const full = options.full ?? false;
  const items = new Map(options.items?.map(({ id, text }) => [id, text]));
  const calls = new Map<string, EventOf<'tool.called'>>();
  let workspace = options.workspace ?? null;

  return {
    lines({ event }) {
      if (event.type === 'task.created') for (const item of event.items) items.set(item.id, item.text);
      if (event.type === 'item.added') items.set(event.item.id, event.item.text);
      if (event.type === 'workspace.ready') workspace = event.path;
      if (event.type === 'tool.called') calls.set(event.callId, event);
      const lines = describe(view(), event);
      if (event.type === 'tool.settled') calls.delete(event.callId);
      return lines;
    },
    open() {
      const call = [...calls.values()].at(-1);
      return call ? callWords(call) : null;
    },
  };

  function describe(view: View, event: TaskEvent): string[] {
    const { paint } = view;
    switch (event.type) {
      case 'task.created':
        return [`${paint('bold', event.task.id)}  ${safeLine(event.task.title)}`];
      case 'task.edited':
        return [paint('dim', `Task edited: ${Object.keys(event.edit).join(', ')}`)];
      case 'task.queued':
        return [paint('dim', `Queued: ${safeLine(event.waiting.words)}`)];
      case 'task.stop-requested':
        return [paint('yellow', event.by === 'user' ? 'Stopping, as asked' : 'Stopping, because Drover is ending')];
      case 'task.accepted':
        return [paint('dim', event.accepted ? 'Marked as done' : 'No longer marked as done')];
      case 'task.archived':
        return [paint('dim', event.archived ? 'Archived' : 'Brought back from the archive')];
      case 'task.cancelled':
        return outcomeLines(view, 'cancelled', event.outcome);
      case 'task.deleted':
        return ['Task deleted'];
      case 'message.queued':
        return prompt(view, 'Message from you, waiting for the next turn', event.message.text);
      case 'item.added':
        return [
          `${itemSign(view, event.item.status)} Item ${event.item.id} added by ${who(event.by)}: ${safeLine(event.item.text)}`,
        ];
      case 'item.changed': {
        const reason = event.reason ? `: ${safeLine(event.reason)}` : '';
        const text = items.get(event.itemId);
        const words = `Item ${event.itemId} ${event.status} by ${who(event.by)}${reason}`;
        return [`${itemSign(view, event.status)} ${words}${text ? paint('dim', `  ${cut(safeLine(text), 80)}`) : ''}`];
      }
      case 'item.noted':
        return [
          `${paint('dim', '•')} Item ${event.itemId}, note by ${who(event.note.by)}: ${safeLine(event.note.text)}`,
        ];
      case 'run.started':
        return ['', paint('bold', `Run ${event.no} (${event.mode})`)];
      case 'run.settled':
        return [...dropCalls(view), ...outcomeLines(view, event.status, event.outcome)];
      case 'workspace.requested':
        return [];
      case 'workspace.ready':
        return [
          paint(
            'dim',
            `Workspace ${safeLine(event.path)} on branch ${safeLine(event.branch)}${event.reused ? ', as it was left' : ''}`,
          ),
        ];
      case 'agent.started': {
        const program = [event.program, event.version]
          .filter((word) => word !== null)
          .map(safeLine)
          .join(' ');
        return program
          ? [paint('dim', `Agent started: ${program}${event.process ? `, process ${event.process.pid}` : ''}`)]
          : [];
      }
      case 'session.started':
        return [
          paint('dim', `Session ${safeLine(event.sessionId)}${event.model ? `, model ${safeLine(event.model)}` : ''}`),
        ];
      case 'session.lost':
        return [paint('yellow', safeLine(event.words))];
      case 'phase.changed':
        return event.words ? [paint('dim', `${phaseName(event.phase)}: ${safeLine(event.words)}`)] : [];
      case 'turn.requested':
        return turn(view, event);
      case 'turn.settled':
        return [...dropCalls(view), ...turnEnd(view, event)];
      case 'verdict.reached':
        return [`${paint('blue', 'Drover')}  ${safeLine(event.words)}`];
      case 'retry.scheduled':
        return [
          paint('yellow', `Again in ${duration(event.delayMs)} (attempt ${event.attempt}): ${safeLine(event.words)}`),
        ];
      case 'check.settled':
        return check(view, event);
      case 'entry.text':
        return block(event.content, event.parent);
      case 'entry.thinking':
        return block(event.content, event.parent).map((line) => paint('dim', line));
      case 'tool.called':
        return [];
      case 'tool.settled':
        return toolEnd(view, event);
      case 'approval.requested':
        return [
          `${INDENT}${paint('yellow', 'asks')}  ${safeLine(revealHidden(event.title))}  ${paint('dim', event.approvalId)}`,
        ];
      case 'approval.settled':
        return approval(view, event);
      case 'background.changed':
        return event.work.map(({ kind, description }) =>
          paint('dim', `Still running in the background: ${safeLine(kind)} ${safeLine(description)}`),
        );
      case 'notice.recorded':
        return [notice(view, event)];
      default:
        // From a newer Drover.
        return [];
    }
  }

  function block(content: LongText, parent: string | null): string[] {
    const indent = parent === null ? INDENT : SUBAGENT;
    const text = safeBlock(content.text).replace(/\s+$/, '');
    if (text === '') return [];
    return [...text.split('\n').map((line) => `${indent}${line}`.trimEnd()), ...rest(content, indent)];
  }

  function rest(content: LongText, indent: string): string[] {
    return content.blob === null ? [] : [`${indent}… ${bytes(content.bytes)} in all; --full shows them`];
  }

  function prompt(view: View, head: string, text: string): string[] {
    const lines = safeBlock(text).trim().split('\n');
    const shown = full ? lines : lines.slice(0, PROMPT_LINES);
    const more = lines.length - shown.length;
    return [
      view.paint('blue', head),
      ...shown.map((line) => `${INDENT}${view.paint('blue', '│')} ${line}`.trimEnd()),
      ...(more > 0 ? [`${INDENT}${view.paint('blue', '│')} … ${more} more lines; --full shows them`] : []),
    ];
  }

  function turn(view: View, event: EventOf<'turn.requested'>): string[] {
    return ['', ...prompt(view, `Drover to the agent, turn ${event.turn} (${event.kind})`, event.prompt.text)];
  }

  function turnEnd(view: View, event: EventOf<'turn.settled'>): string[] {
    const spent = [duration(event.durationMs), tokens(event.usage), cost(event.costUsd)].filter(Boolean).join(', ');
    const head = view.paint('dim', `Turn ${event.turn} ${event.result === 'ok' ? 'ended' : event.result}: ${spent}`);
    if (event.error === null) return [head];
    const { words, hint } = event.error;
    return [head, view.paint('red', safeLine(words)), ...(hint ? [safeLine(hint)] : [])];
  }

  function callWords(call: Pick<EventOf<'tool.called'>, 'name' | 'input'>): string {
    return `${toolName(call.name)}  ${tellingArgument(call.input.text, workspace)}`.trimEnd();
  }

  function toolEnd(view: View, event: EventOf<'tool.settled'>): string[] {
    const call = calls.get(event.callId);
    const indent = call?.parent ? SUBAGENT : INDENT;
    const words = call ? callWords(call) : 'tool call';
    const sign = event.ok ? view.paint('green', '✓') : view.paint('red', '✗');
    const took = event.durationMs === null ? '' : `  ${duration(event.durationMs)}`;
    const end = event.ok ? took : `  failed${took}`;
    const lines = [`${indent}${sign} ${words}${view.paint('dim', end)}`];
    if (full && call) lines.push(...indented(call.input.text, `${indent}  `));
    const output = safeBlock(event.output.text).replace(/\s+$/, '');
    if (full) lines.push(...indented(output, `${indent}  `));
    else if (!event.ok) lines.push(...tail(output, 3, `${indent}  `));
    else {
      const [first = ''] = output.trim().split('\n');
      if (first) lines.push(view.paint('dim', `${indent}  ${cut(first, 100)}`));
    }
    return lines;
  }

  function dropCalls(view: View): string[] {
    const open = [...calls.values()];
    calls.clear();
    return open.map(
      (call) => `${call.parent ? SUBAGENT : INDENT}${view.paint('yellow', '…')} ${callWords(call)}  no result`,
    );
  }

  function check(view: View, event: EventOf<'check.settled'>): string[] {
    const sign = event.ok ? view.paint('green', '✓') : view.paint('red', '✗');
    const of = event.itemId === null ? '' : ` of item ${event.itemId}`;
    const code = event.ok ? '' : event.exitCode === null ? ', did not end by itself' : `, exit code ${event.exitCode}`;
    const head = `${sign} Check${of}: ${safeLine(quoteCommand(event.command))}${code}, ${duration(event.durationMs)}`;
    if (event.ok && !full) return [head];
    const output = safeBlock(event.output.text).replace(/\s+$/, '');
    return [head, ...(full ? indented(output, INDENT) : tail(output, OUTPUT_LINES, INDENT))];
  }

  function approval(view: View, event: EventOf<'approval.settled'>): string[] {
    if (event.decision === 'allow' && event.by === 'autonomy' && !full) return [];
    // The input of one that was requested stands in the request.
    const what =
      event.input.bytes === 0 && event.title
        ? safeLine(revealHidden(event.title))
        : callWords({ name: event.tool, input: event.input });
    const words = `${what}${event.words ? `: ${safeLine(event.words)}` : ''}`;
    const how = { allow: 'allowed', deny: 'denied', expired: 'expired', withdrawn: 'withdrawn' }[event.decision];
    if (event.decision !== 'allow') return [`${INDENT}${view.paint('yellow', how)}  ${words}`];
    return [`${INDENT}${view.paint('dim', `${how}  ${words}`)}`];
  }
}

function phaseName(phase: string): string {
  return `${phase.charAt(0).toUpperCase()}${phase.slice(1)}`;
}

function notice({ paint }: View, event: EventOf<'notice.recorded'>): string {
  const style = event.level === 'error' ? 'red' : event.level === 'warning' ? 'yellow' : 'dim';
  return paint(style, safeLine(event.words));
}

function indented(text: string, indent: string): string[] {
  const safe = safeBlock(text).replace(/\s+$/, '');
  return safe === '' ? [] : safe.split('\n').map((line) => `${indent}${line}`.trimEnd());
}

function tail(text: string, most: number, indent: string): string[] {
  return indented(text.split('\n').slice(-most).join('\n'), indent);
}
