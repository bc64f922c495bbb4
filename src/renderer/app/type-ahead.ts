const PATIENCE_MS = 2000;

/**
 * Keeps what is typed while a field is still on its way onto the screen, and writes it there once it has come. Without
 * it the first letters of a fast typist would be taken for keys of the window. Enter ends the typing; in a field of one
 * line it is pressed there once what was typed has been looked up.
 */
export function typeAhead(find: () => HTMLElement | null): void {
  const began = performance.now();
  let text = '';
  let entered = false;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape') return;
    if (event.key.length === 1) text += event.key;
    else if (event.key === 'Enter') entered = true;
    else if (event.key === 'Backspace') text = text.slice(0, -1);
    event.preventDefault();
    event.stopPropagation();
  };
  const look = () => {
    const field = find();
    if (field === null && performance.now() - began < PATIENCE_MS) {
      requestAnimationFrame(look);
      return;
    }
    removeEventListener('keydown', onKeyDown, true);
    field?.focus();
    if (field && text !== '') document.execCommand('insertText', false, text);
    if (field instanceof HTMLInputElement && entered) {
      requestAnimationFrame(() => requestAnimationFrame(() => pressEnter(field)));
    }
  };
  addEventListener('keydown', onKeyDown, true);
  requestAnimationFrame(look);
}

function pressEnter(field: HTMLInputElement): void {
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
}
