import type { Page } from 'playwright';

/** Drops or pastes files made in the page: a small picture and a text. */
export function give(page: Page, selector: string, how: 'drop' | 'paste', names: readonly string[]): Promise<void> {
  return page.evaluate(
    async ([at, kind, files]) => {
      const canvas = document.createElement('canvas');
      const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      const data = new DataTransfer();
      for (const name of files) {
        const content =
          name.endsWith('.png') && picture ? picture : name.startsWith('big') ? bigBlob() : new Blob(['text']);
        data.items.add(new File([content], name, { type: name.endsWith('.png') ? 'image/png' : 'text/plain' }));
      }
      const target = document.querySelector(at);
      const options = { bubbles: true, cancelable: true };
      if (kind === 'paste') target?.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }));
      else target?.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: data }));

      function bigBlob(): Blob {
        return new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]);
      }
    },
    [selector, how, names] as const,
  );
}
