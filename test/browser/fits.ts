import type { Page } from 'playwright';

/** What does not fit on the screen that a page shows, a line each. */
export async function misfitsIn(page: Page): Promise<string[]> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
  return page.evaluate(findMisfits);
}

/** Run in the page, so it has nothing but what is in it. */
function findMisfits(): string[] {
  const SLACK = 1.5;
  const CONTROLS =
    'button, a[href], input:not([type=hidden]), select, textarea, [role=tab], [role=menuitem], [role=option], [role=slider], [role=separator][tabindex]';
  type Box = { left: number; right: number; top: number; bottom: number };
  const found: string[] = [];
  const dialogs = document.querySelectorAll('[role=dialog], [role=menu]');
  const root = dialogs[dialogs.length - 1] ?? document.body;

  const nameOf = (one: Element) => {
    const text = one.getAttribute('aria-label') ?? one.textContent ?? '';
    return `${one.tagName.toLowerCase()} “${text.trim().replace(/\s+/g, ' ').slice(0, 60)}”${one.className && typeof one.className === 'string' ? ` .${one.className.split(' ').at(-1)}` : ''}`;
  };
  const isSeen = (one: Element) => {
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { width, height } = one.getBoundingClientRect();
    // What only a screen reader reads is a pixel in size.
    return width > 2 && height > 2;
  };
  const scrolls = (how: string) => how === 'auto' || how === 'scroll';
  const clips = (how: string) => how === 'hidden' || how === 'clip';

  /** The part of an element that is seen, or can be by scrolling what it is in; null where it is all cut away. */
  function shownPart(one: Element): { box: Box; cut: boolean; byScroll: boolean } | null {
    const rect = one.getBoundingClientRect();
    const box = { left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom };
    let [cut, freeX, freeY] = [false, false, false];
    const limit = (to: Box, x: boolean, y: boolean) => {
      if (x && !freeX) {
        if (box.left < to.left - SLACK || box.right > to.right + SLACK) cut = true;
        box.left = Math.max(box.left, to.left);
        box.right = Math.min(box.right, to.right);
      }
      if (y && !freeY) {
        if (box.top < to.top - SLACK || box.bottom > to.bottom + SLACK) cut = true;
        box.top = Math.max(box.top, to.top);
        box.bottom = Math.min(box.bottom, to.bottom);
      }
    };
    let isFixed = getComputedStyle(one).position === 'fixed';
    for (let at = one.parentElement; at && at !== document.body && !isFixed; at = at.parentElement) {
      const style = getComputedStyle(at);
      const to = at.getBoundingClientRect();
      // What scrolls shows the rest when asked, so it is not cut; what is out of its sight overlaps nothing.
      if (scrolls(style.overflowX) && at.scrollWidth > at.clientWidth) {
        box.left = Math.max(box.left, to.left);
        box.right = Math.min(box.right, to.right);
        freeX = true;
      } else limit(to, clips(style.overflowX) || scrolls(style.overflowX), false);
      if (scrolls(style.overflowY) && at.scrollHeight > at.clientHeight) {
        box.top = Math.max(box.top, to.top);
        box.bottom = Math.min(box.bottom, to.bottom);
        freeY = true;
      } else limit(to, false, clips(style.overflowY) || scrolls(style.overflowY));
      isFixed = style.position === 'fixed';
    }
    limit({ left: 0, top: 0, right: innerWidth, bottom: innerHeight }, true, true);
    if (box.right - box.left <= 0 || box.bottom - box.top <= 0)
      return freeX || freeY ? null : { box, cut, byScroll: false };
    return { box, cut, byScroll: freeX || freeY };
  }

  /** Whether the one stays in sight while the other scrolls below it. */
  function passesOver(one: Element, other: Element): boolean {
    for (let at: Element | null = one; at && !at.contains(other); at = at.parentElement)
      if (getComputedStyle(at).position === 'sticky') return true;
    return false;
  }

  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} pixels wide`);

  for (const one of root.querySelectorAll('*')) {
    const style = getComputedStyle(one);
    if (!isSeen(one) || one instanceof SVGElement) continue;
    const hasText = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const clampsLines = style.webkitLineClamp !== 'none';
    if (clips(style.overflowX) && one.scrollWidth > one.clientWidth + SLACK && one.textContent?.trim()) {
      const isInput = one.matches('input, textarea');
      const isEllipsis = style.textOverflow === 'ellipsis' || clampsLines;
      if (!isInput && !isEllipsis && (hasText || one.scrollWidth - one.clientWidth > 3))
        found.push(`cut: ${nameOf(one)}`);
      if (
        isEllipsis &&
        one.closest('button, h1, h2, label, [role=tab]') &&
        !one.closest('[title], [data-task], [aria-label]')
      )
        found.push(`cut without a title: ${nameOf(one)}`);
    }
    if (clips(style.overflowY) && !clampsLines && one.scrollHeight > one.clientHeight + 3 && hasText)
      found.push(`cut below: ${nameOf(one)}`);
    if (
      one.matches('input[role=combobox], input[aria-haspopup=listbox], select') &&
      one.scrollWidth > one.clientWidth + SLACK
    )
      found.push(`cut: the choice ${(one as HTMLInputElement).value}`);
    if (!hasText) continue;
    // Text that runs out of what holds it.
    const range = document.createRange();
    range.selectNodeContents(one);
    const text = range.getBoundingClientRect();
    const { right, left } = one.getBoundingClientRect();
    if (
      style.overflowX === 'visible' &&
      style.display !== 'inline' &&
      (text.right > right + 3 || text.left < left - 3)
    ) {
      const holder = one.closest('button, [role=tab], td, th, article');
      const edge = holder?.getBoundingClientRect();
      if (edge && (text.right > edge.right + 1 || text.left < edge.left - 1)) found.push(`runs out: ${nameOf(one)}`);
    }
  }

  const controls = [...root.querySelectorAll(CONTROLS)].filter(
    (one) => isSeen(one) && !one.closest('[aria-hidden=true]'),
  );
  const parts = controls.flatMap((one) => {
    const part = shownPart(one);
    if (part?.cut) found.push(`not whole on the screen: ${nameOf(one)}`);
    return part ? [{ one, box: part.box }] : [];
  });
  for (const [at, { one, box }] of parts.entries()) {
    for (const { one: other, box: beside } of parts.slice(at + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const x = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
      const y = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top);
      if (x <= SLACK || y <= SLACK) continue;
      if (passesOver(one, other) || passesOver(other, one)) continue;
      // A mark on a card, or a cross in a field, stands within the other.
      const within = (a: Box, b: Box) =>
        a.left >= b.left - SLACK &&
        a.right <= b.right + SLACK &&
        a.top >= b.top - SLACK &&
        a.bottom <= b.bottom + SLACK;
      if (within(box, beside) || within(beside, box)) continue;
      found.push(`over each other: ${nameOf(one)} and ${nameOf(other)}`);
    }
  }
  return [...new Set(found)];
}
