import type { Input, WebContents } from 'electron';
import { zoomAfter } from './zoom-keys.ts';

/** Ctrl/Cmd with plus, minus and zero change the zoom of a page; `onChange` is called after that. */
export function followZoomKeys(contents: WebContents, onChange: () => void): void {
  contents.on('before-input-event', (event, input: Input) => {
    const level = zoomAfter(contents.getZoomLevel(), input, process.platform === 'darwin');
    if (level === null) return;
    event.preventDefault();
    contents.setZoomLevel(level);
    onChange();
  });
}
