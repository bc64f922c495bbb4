import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { type ITerminalOptions, Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { mendXterm } from '../../../contract/terminal/mended-xterm.ts';
import { type FileLinks, fileLinkProvider } from './file-links.ts';
import type { Canvas } from './keep-attached.ts';
import { asksBeforePaste } from './paste.logic.ts';

const MAX_SCROLLBACK = 10_000;
/** RIS: everything as at the beginning. */
const RESET = '\x1bc';

export type TerminalLook = Pick<
  ITerminalOptions,
  'theme' | 'fontFamily' | 'fontSize' | 'minimumContrastRatio' | 'screenReaderMode'
>;

interface Options {
  look: TerminalLook;
  /** Bytes that a person has typed or pasted. */
  onInput(bytes: Uint8Array): void;
  /** Another size fits into the view. */
  onFit(size: { cols: number; rows: number }): void;
  /** A link was clicked; it is not opened by itself. */
  onLink(address: string): void;
  /** What makes links of paths. */
  files: FileLinks;
  /** Whether what is pasted may be typed: several lines into a program that takes each for a command. */
  mayPaste(text: string): Promise<boolean>;
  /** True for keys that leave the terminal or belong to the window. */
  isOwnKey(event: KeyboardEvent): boolean;
}

/** An xterm in an element, without any way to a host: see `keep-attached.ts`. */
export interface TerminalScreen extends Canvas {
  fitting(): { cols: number; rows: number } | undefined;
  hasFocus(): boolean;
  setLook(look: TerminalLook): void;
  find(text: string, direction: 'next' | 'previous'): boolean;
  endFind(): void;
  focus(): void;
  dispose(): void;
}

export function createTerminalScreen(element: HTMLElement, options: Options): TerminalScreen {
  const { look, onInput, onFit, onLink } = options;
  const terminal = new Terminal({
    ...look,
    allowProposedApi: true,
    scrollback: MAX_SCROLLBACK,
    cursorBlink: false,
    // What a program calls a link may lead anywhere: asked for, as every link of an agent is.
    linkHandler: { activate: (_event, address) => onLink(address) },
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new WebLinksAddon((_event, address) => onLink(address)));
  terminal.registerLinkProvider(fileLinkProvider(terminal, options.files));
  terminal.loadAddon(new UnicodeGraphemesAddon());
  mendXterm(terminal);
  terminal.open(element);
  let isOver = false;
  void drawByGraphics(terminal, () => isOver);

  const encoder = new TextEncoder();
  terminal.onData((text) => onInput(encoder.encode(text)));
  terminal.onBinary((text) => onInput(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
  terminal.attachCustomKeyEventHandler((event) => {
    if (options.isOwnKey(event)) return false;
    // Where Ctrl-C interrupts, Ctrl-Shift-C copies.
    if (event.ctrlKey && event.shiftKey && event.code === 'KeyC') {
      if (event.type === 'keydown' && terminal.hasSelection()) {
        event.preventDefault();
        void navigator.clipboard.writeText(terminal.getSelection());
      }
      return false;
    }
    return true;
  });
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!asksBeforePaste(text, terminal.modes.bracketedPasteMode)) return;
    event.preventDefault();
    event.stopPropagation();
    void options.mayPaste(text).then((may) => {
      if (may) terminal.paste(text);
      terminal.focus();
    });
  };
  element.addEventListener('paste', onPaste, true);

  let told = '';
  /** It has the size of another view, and has to be moved to be seen whole. */
  const markLarger = () => {
    const size = fit.proposeDimensions();
    element.toggleAttribute(
      'data-larger',
      size !== undefined && (terminal.cols > size.cols || terminal.rows > size.rows),
    );
  };
  const watch = new ResizeObserver(() => {
    markLarger();
    const size = fit.proposeDimensions();
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return;
    if (told === `${size.cols} ${size.rows}`) return;
    told = `${size.cols} ${size.rows}`;
    onFit(size);
  });
  watch.observe(element);

  return {
    show({ text, cols, rows }, done) {
      const { viewportY, baseY } = terminal.buffer.active;
      const fromEnd = baseY - viewportY;
      terminal.resize(cols, rows);
      markLarger();
      // Reset in the same go as what is drawn: nobody sees an empty screen in between.
      terminal.write(RESET + text, () => {
        if (fromEnd > 0) terminal.scrollToLine(terminal.buffer.active.baseY - fromEnd);
        done();
      });
    },
    resize(cols, rows) {
      terminal.resize(cols, rows);
      markLarger();
    },
    write: (data, done) => terminal.write(data, done),
    fitting: () => fit.proposeDimensions(),
    hasFocus: () => document.hasFocus() && element.contains(document.activeElement),
    setLook(next) {
      Object.assign(terminal.options, next);
      told = '';
    },
    find: (text, direction) => (direction === 'next' ? search.findNext(text) : search.findPrevious(text)),
    endFind: () => search.clearDecorations(),
    focus: () => terminal.focus(),
    dispose() {
      watch.disconnect();
      element.removeEventListener('paste', onPaste, true);
      isOver = true;
      const canvases = [...element.querySelectorAll('canvas')];
      terminal.dispose();
      // Browsers allow a few in a page, and take one that is in use when those of before have not been collected yet.
      for (const canvas of canvases) canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

/** By the graphics card where there is one; a context that is lost leaves the elements of the page. */
async function drawByGraphics(terminal: Terminal, isOver: () => boolean): Promise<void> {
  try {
    const { WebglAddon } = await import('@xterm/addon-webgl');
    if (isOver()) return;
    const addon = new WebglAddon();
    addon.onContextLoss(() => addon.dispose());
    terminal.loadAddon(addon);
  } catch {
    // Elements of the page it is.
  }
}
