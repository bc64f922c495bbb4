import type { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import type { ITerminalInitOnlyOptions, ITerminalOptions, Terminal } from '@xterm/headless';

export interface Xterm {
  Terminal: new (options: ITerminalOptions & ITerminalInitOnlyOptions) => Terminal;
  UnicodeGraphemesAddon: new () => UnicodeGraphemesAddon;
}

/** Loaded with the first terminal. These are CommonJS, whose names Node does not always see. */
export async function loadXterm(): Promise<Xterm> {
  const [headless, graphemes] = await Promise.all([
    import('@xterm/headless'),
    withoutPool(() => import('@xterm/addon-unicode-graphemes')),
  ]);
  return { ...named(headless), ...named(graphemes) } as Xterm;
}

function named(module: object): object {
  return 'default' in module ? (module.default as object) : module;
}

/** The graphemes read their table from the beginning of its memory, which in Node may be shared with other buffers. */
async function withoutPool<T>(load: () => Promise<T>): Promise<T> {
  const { poolSize } = Buffer;
  Buffer.poolSize = 0;
  try {
    return await load();
  } finally {
    Buffer.poolSize = poolSize;
  }
}
