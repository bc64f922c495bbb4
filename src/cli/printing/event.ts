import type { LongText } from '../../contract/run/long-text.ts';
import type { LoggedEvent, TaskEvent } from '../../contract/task/events.ts';
import type { Item } from '../../contract/task/state.ts';
import { revealHidden } from '../../contract/text.ts';
import { quoteCommand } from '../../contract/words/argv.ts';
import { DECISION_WORDS } from '../../contract/words/decided.ts';
import { describeEvent, type EventOf, type Tone } from '../../contract/words/event.ts';
import { bytes, cost, duration, tokens } from '../../contract/words/measure.ts';
import { callName, callOfEvent, tellingArgument } from '../../contract/words/tool.ts';
import { itemSign } from './item.ts';
import type { Style } from './paint.ts';
import { safeBlock, safeLine } from './sanitise.ts';
import { outcomeLines } from './task.ts';
import type { View } from './view.ts';
import { cut } from './width.ts';

/** Turns the events of one task, in their order, into lines. It remembers only open tool calls and item texts. */
export interface LogPrinter {
  /** The lines of one more event; often none. */
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
const ARGUMENT_COLUMNS = 100;
const TONES: Record<Tone, Style> = { plain: 'dim', good: 'green', warning: 'yellow', problem: 'red' };

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
      case 'task.cancelled':
        return outcomeLines(view, 'cancelled', event.outcome);
      case 'message.queued':
        return prompt(view, 'Message from you, queued', event.message.text);
      case 'message.edited':
        return prompt(view, 'Queued message edited', event.text);
      case 'item.added':
        return [`${itemSign(view, event.item.status)} ${safeLine(describeEvent(event).words)}`];
      case 'item.changed': {
        const text = items.get(event.itemId);
        const words = safeLine(describeEvent(event).words);
        return [`${itemSign(view, event.status)} ${words}${text ? paint('dim', `  ${cut(safeLine(text), 80)}`) : ''}`];
      }
      case 'run.started':
        return ['', paint('bold', safeLine(describeEvent(event).words))];
      case 'run.settled':
        return [...dropCalls(view), ...outcomeLines(view, event.status, event.outcome)];
      case 'phase.changed':
        return event.words === null ? [] : told(view, event);
      case 'background.changed':
        return event.work.length === 0 ? [] : told(view, event);
      case 'turn.requested':
        return turn(view, event);
      case 'turn.settled':
        return [...dropCalls(view), ...turnEnd(view, event)];
      case 'verdict.reached':
        return [`${paint('blue', 'Drover')}  ${safeLine(event.words)}`];
      case 'check.settled':
        return check(view, event);
      case 'entry.text':
        return block(event.content, event.parent);
      case 'entry.thinking':
        return block(event.content, event.parent).map((line) => paint('dim', line));
      case 'entry.typed':
        return [paint('blue', 'You, in the terminal'), ...block(event.content, null)];
      // The line comes with the result, the workspace with its being ready, and a checkpoint with every turn.
      case 'checkpoint.made':
      case 'tool.called':
      case 'workspace.requested':
        return [];
      case 'tool.settled':
        return toolEnd(view, event);
      case 'approval.requested':
        return [
          `${INDENT}${paint('yellow', 'asks')}  ${safeLine(revealHidden(event.title))}  ${paint('dim', event.approvalId)}`,
        ];
      case 'approval.settled':
        return approval(view, event);
      default:
        return told(view, event);
    }
  }

  /** One line in the words of every log, and what helps below it. */
  function told({ paint }: View, event: TaskEvent): string[] {
    const { words, tone, hint } = describeEvent(event);
    return [paint(TONES[tone], safeLine(words)), ...(hint ? [`${INDENT}${safeLine(hint)}`] : [])];
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

  function callWords(event: EventOf<'tool.called' | 'approval.settled'>): string {
    const call = callOfEvent(event);
    const about = cut(safeLine(tellingArgument(call, event.input.text, workspace)), ARGUMENT_COLUMNS);
    return `${safeLine(callName(call))}  ${about}`.trimEnd();
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
    const code = event.ok
      ? ''
      : event.exitCode === null
        ? ', did not exit on its own'
        : `, exit code ${event.exitCode}`;
    const head = `${sign} Check${of}: ${safeLine(quoteCommand(event.command))}${code}, ${duration(event.durationMs)}`;
    if (event.ok && !full) return [head];
    const output = safeBlock(event.output.text).replace(/\s+$/, '');
    return [head, ...(full ? indented(output, INDENT) : tail(output, OUTPUT_LINES, INDENT))];
  }

  function approval(view: View, event: EventOf<'approval.settled'>): string[] {
    if (event.decision === 'allow' && event.by === 'autonomy' && !full) return [];
    // The input of one that was requested stands in the request.
    const what = event.input.bytes === 0 && event.title ? safeLine(revealHidden(event.title)) : callWords(event);
    const words = `${what}${event.words ? `: ${safeLine(event.words)}` : ''}`;
    const how = DECISION_WORDS[event.decision].toLowerCase();
    if (event.decision !== 'allow') return [`${INDENT}${view.paint('yellow', how)}  ${words}`];
    return [`${INDENT}${view.paint('dim', `${how}  ${words}`)}`];
  }
}

function indented(text: string, indent: string): string[] {
  const safe = safeBlock(text).replace(/\s+$/, '');
  return safe === '' ? [] : safe.split('\n').map((line) => `${indent}${line}`.trimEnd());
}

function tail(text: string, most: number, indent: string): string[] {
  return indented(text.split('\n').slice(-most).join('\n'), indent);
}
