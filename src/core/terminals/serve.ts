import type { Rejection } from '../../contract/rejection.ts';
import type { TerminalReply, TerminalRequest } from '../../contract/terminal/line.ts';
import { terminalRequest } from '../../contract/terminal/request.ts';
import type { TerminalCarrier, TerminalLine } from '../core-api.ts';
import type { OneTerminal } from './one-terminal.ts';
import type { Seat } from './sizes.ts';
import type { Attached } from './stage.ts';
import type { Terminals } from './terminals.ts';

/** So many messages of a client may come before its terminal is there. */
const MOST_EARLY = 100;

/** Serves one client, over whatever carries its messages: see `contract/terminal/line.ts`. */
export function serveTerminal(terminals: Terminals, carrier: TerminalCarrier): TerminalLine {
  let terminal: OneTerminal | null = null;
  let attached: Attached | null = null;
  let seat: Seat | null = null;
  /** What was typed before the shell was there. */
  const early: Uint8Array[] = [];
  let isOver = false;
  let hasBegun = false;

  function leave(): void {
    isOver = true;
    seat?.leave();
    attached?.detach();
  }

  function end(): void {
    if (isOver) return;
    leave();
    carrier.close();
  }

  function refuse({ message }: Rejection): void {
    if (isOver) return;
    carrier.send(JSON.stringify({ type: 'refused', message } satisfies TerminalReply));
    end();
  }

  async function attach({ terminalId, size, scrollback }: Extract<TerminalRequest, { type: 'attach' }>): Promise<void> {
    const found = terminals.find(terminalId);
    if (!found.ok) return refuse(found.rejection);
    seat = found.value.sizes.join(size);
    const awake = await terminals.awake(terminalId);
    if (!awake.ok) return refuse(awake.rejection);
    const stage = await awake.value.stage();
    if (isOver) return;
    terminal = awake.value;
    attached = stage.attach(carrier, scrollback);
    for (const bytes of early.splice(0)) terminal.write(bytes);
  }

  function take(request: TerminalRequest): void {
    if (request.type === 'attach' && hasBegun) end();
    else if (request.type === 'attach') {
      hasBegun = true;
      void attach(request).catch(end);
    } else if (request.type === 'ack') attached?.ack(request.at);
    else if (request.type === 'resize') seat?.resize({ cols: request.cols, rows: request.rows });
    else if (request.type === 'focus') seat?.use();
    else attached?.again(request.lines);
  }

  return {
    receive(message) {
      if (isOver) return;
      if (typeof message !== 'string') {
        if (!hasBegun) return end();
        seat?.use();
        if (terminal) terminal.write(message);
        else if (early.length < MOST_EARLY) early.push(message);
        else end();
        return;
      }
      const request = read(message);
      if (request === null) end();
      else take(request);
    },
    closed() {
      if (!isOver) leave();
    },
  };
}

function read(message: string): TerminalRequest | null {
  try {
    const parsed = terminalRequest.safeParse(JSON.parse(message));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
