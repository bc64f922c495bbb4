import { WebSocket } from 'ws';
import { type BinarySocket, wayOverSocket } from '../contract/connection/terminal-socket.ts';
import { attachTerminal } from '../contract/connection/terminal-way.ts';
import { findTarget } from './connection/endpoint.ts';
import { type Context, type GlobalOptions, remark } from './context.ts';
import { badInput, Failure } from './failure.ts';
import { type DetachKey, findDetachKey } from './input/detach-key.ts';
import { safeLine } from './printing/sanitise.ts';
import { exitWords } from './printing/terminal.ts';

/** Empties the screen before another is put on it; what was above stays. */
const CLEAR = '\x1b[0m\x1b[H\x1b[2J';
/** Puts back what programs in the terminal may have changed of this one. */
const RESTORE =
  '\x1b[?1047l\x1b[r\x1b[999;1H\x1b[?1;6l\x1b[?7h\x1b[4l\x1b>\x1b[?1000;1002;1003;1005;1006;1015;1004;2004;2031l\x1b[<9u\x1b[?25h\x1b[0 q\x1b[0m';

/**
 * Uses a terminal of Drover on the terminal of this process, until the detach key or its end. The size follows, and
 * everything is put back at the end. `what` runs in it. Returns the exit code.
 */
export async function attach(
  context: Context,
  options: GlobalOptions,
  terminalId: string,
  key: DetachKey,
  what: 'shell' | 'agent' = 'shell',
): Promise<number | undefined> {
  const screen = context.screen();
  if (screen === null) {
    throw badInput('To attach needs a terminal. Use `drover terminal read` and `drover terminal send` instead.');
  }
  const target = findTarget(context, options, false);
  const socket = new WebSocket(`${target.url.replace(/^http/, 'ws').replace(/\/+$/, '')}/terminal`, {
    headers: { authorization: `Bearer ${target.token}` },
    perMessageDeflate: false,
  });
  const way = wayOverSocket(socket as unknown as BinarySocket);
  screen.begin(RESTORE);
  const stops: (() => void)[] = [];
  try {
    return await new Promise<number | undefined>((resolve, reject) => {
      const attached = attachTerminal(
        way,
        { terminalId, size: screen.size(), scrollback: 0 },
        {
          screen: ({ text }) => screen.write(CLEAR + text),
          output: (bytes) => screen.write(bytes),
          resized() {},
          exited(exit) {
            screen.end();
            remark(context, `\r\nThe ${what} ${exitWords(exit)}.`);
            resolve(undefined);
          },
          refused: (message) => reject(new Failure('unavailable', message)),
          closed: () => reject(new Failure('connection-lost', 'The terminal was closed, or the connection was lost.')),
        },
      );
      attached.focus();
      stops.push(
        attached.close,
        screen.onInput((bytes) => {
          const at = findDetachKey(bytes, key);
          const typed = at === -1 ? bytes : bytes.subarray(0, at);
          if (typed.length > 0) attached.input(typed);
          if (at === -1) return;
          screen.end();
          remark(context, `\r\nDetached. \`drover terminal attach ${safeLine(terminalId)}\` attaches again.`);
          resolve(undefined);
        }),
        screen.onResize(() => attached.resize(screen.size())),
      );
    });
  } finally {
    for (const stop of stops) stop();
    screen.end();
  }
}
