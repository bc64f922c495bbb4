import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { until } from './until.ts';

/**
 * A keyboard and a mouse on the X screen of the test, by the XTEST extension: what they do comes to programs as from a
 * person, global shortcuts included.
 */
export interface XKeyboard {
  /** Presses keys together, such as `Control_L`, `Alt_L`, `a`, and lets them go. */
  press(...keys: string[]): Promise<void>;
  click(x: number, y: number): Promise<void>;
  close(): void;
}

/** https://www.x.org/releases/current/doc/xproto/x11protocol.html, keysymdef.h and xtestproto. */
const KEYSYMS: Readonly<Record<string, number>> = {
  Control_L: 0xffe3,
  Alt_L: 0xffe9,
  Shift_L: 0xffe1,
  Escape: 0xff1b,
  Return: 0xff0d,
};
const KEY_PRESS = 2;
const KEY_RELEASE = 3;
const BUTTON_PRESS = 4;
const BUTTON_RELEASE = 5;
const MOTION = 6;
const SETTLE = 43;

export async function openXKeyboard(): Promise<XKeyboard> {
  const display = /:(\d+)/.exec(process.env.DISPLAY ?? '')?.[1];
  if (display === undefined) throw new Error('There is no screen.');
  const socket = createConnection(`/tmp/.X11-unix/X${display}`);
  await once(socket, 'connect');
  const read = reader(socket);

  const cookie = await cookieOf(process.env.XAUTHORITY);
  const name = cookie === null ? Buffer.alloc(0) : Buffer.from('MIT-MAGIC-COOKIE-1');
  const hello = Buffer.alloc(12);
  hello.write('l', 0);
  hello.writeUInt16LE(11, 2);
  hello.writeUInt16LE(name.length, 6);
  hello.writeUInt16LE(cookie?.length ?? 0, 8);
  socket.write(Buffer.concat([hello, padded(name), padded(cookie ?? Buffer.alloc(0))]));
  const head = await read(8);
  const setup = await read(head.readUInt16LE(6) * 4);
  if (head[0] !== 1) throw new Error(`The screen takes no keyboard: ${setup.toString('latin1')}`);
  // Offsets of the specification, less the eight bytes before.
  const [lowest, highest] = [setup[26] ?? 8, setup[27] ?? 255];
  const roots = 32 + Math.ceil(setup.readUInt16LE(16) / 4) * 4 + (setup[21] ?? 0) * 8;
  const root = setup.readUInt32LE(roots);

  async function ask(request: Buffer): Promise<Buffer> {
    socket.write(request);
    for (;;) {
      const answer = await read(32);
      if (answer[0] === 0) throw new Error(`The screen refused with error ${answer[1]}.`);
      if (answer[0] !== 1) continue;
      const more = answer.readUInt32LE(4) * 4;
      return more === 0 ? answer : Buffer.concat([answer, await read(more)]);
    }
  }

  const extension = Buffer.from('XTEST');
  const query = Buffer.alloc(8);
  query[0] = 98;
  query.writeUInt16LE(2 + Math.ceil(extension.length / 4), 2);
  query.writeUInt16LE(extension.length, 4);
  const opcode = (await ask(Buffer.concat([query, padded(extension)])))[9] ?? 0;

  const count = highest - lowest + 1;
  const mapping = await ask(Buffer.from([101, 0, 2, 0, lowest, count, 0, 0]));
  const perKey = mapping[1] ?? 1;
  const codeOf = (key: string) => {
    const wanted = KEYSYMS[key] ?? key.charCodeAt(0);
    for (let index = 0; index < count * perKey; index += 1) {
      if (mapping.readUInt32LE(32 + index * 4) === wanted) return lowest + Math.floor(index / perKey);
    }
    throw new Error(`The keyboard has no ${key}.`);
  };

  function fake(type: number, detail: number, x = 0, y = 0): void {
    const request = Buffer.alloc(36);
    request[0] = opcode;
    request[1] = 2;
    request.writeUInt16LE(9, 2);
    request[4] = type;
    request[5] = detail;
    request.writeUInt32LE(root, 12);
    request.writeInt16LE(x, 24);
    request.writeInt16LE(y, 26);
    socket.write(request);
  }
  /** The server has done everything that was sent before. */
  const settle = () => ask(Buffer.from([SETTLE, 0, 1, 0]));

  return {
    async press(...keys) {
      const codes = keys.map(codeOf);
      for (const code of codes) fake(KEY_PRESS, code);
      for (const code of codes.reverse()) fake(KEY_RELEASE, code);
      await settle();
    },
    async click(x, y) {
      fake(MOTION, 0, x, y);
      fake(BUTTON_PRESS, 1);
      fake(BUTTON_RELEASE, 1);
      await settle();
    },
    close: () => socket.destroy(),
  };
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

/** Gives exactly so many bytes, in the order of the asking. */
function reader(socket: Socket): (size: number) => Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
  });
  return async (size) => {
    await until(() => bytes.length >= size, 'an answer of the screen');
    const part = bytes.subarray(0, size);
    bytes = bytes.subarray(size);
    return part;
  };
}

/** The last field of the first entry of the file: family, address, number, name, data, each with its length before it. */
async function cookieOf(file: string | undefined): Promise<Buffer | null> {
  const content = file === undefined ? null : await readFile(file).catch(() => null);
  if (content === null || content.length === 0) return null;
  let at = 2;
  const field = () => {
    const length = content.readUInt16BE(at);
    const value = content.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    return value;
  };
  for (let skipped = 0; skipped < 3; skipped += 1) field();
  return field();
}
