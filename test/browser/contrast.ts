import type { Page } from 'playwright';

/** Text of the topmost layer that stands out less from its ground than a level asks, a line each. Much faster than axe. */
export function weakIn(page: Page, level: 'AA' | 'AAA'): Promise<string[]> {
  return page.evaluate(findWeak, level === 'AAA' ? { small: 7, large: 4.5 } : { small: 4.5, large: 3 });
}

/** Run in the page, so it has nothing but what is in it. */
function findWeak(least: { small: number; large: number }): string[] {
  type Color = readonly [r: number, g: number, b: number, alpha: number];
  const WHITE: Color = [255, 255, 255, 1];
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map<string, Color>();
  const found = new Set<string>();

  function parse(text: string): Color {
    const before = known.get(text);
    if (before || !canvas) return before ?? WHITE;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const color: Color = [r, g, b, alpha / 255];
    known.set(text, color);
    return color;
  }
  const over = ([r, g, b, alpha]: Color, below: Color): Color => [
    r * alpha + below[0] * (1 - alpha),
    g * alpha + below[1] * (1 - alpha),
    b * alpha + below[2] * (1 - alpha),
    1,
  ];
  function luminance([r, g, b]: Color): number {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((one) => {
      const part = one / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
  /** What is drawn below a text, the nearest first; null where something else covers it. */
  function groundsOf(one: Element, at: DOMRect): Element[] | null {
    const stack = document.elementsFromPoint(at.left + at.width / 2, at.top + at.height / 2);
    const place = stack.findIndex((other) => other === one || one.contains(other));
    if (place >= 0) return stack.slice(stack.indexOf(one) < 0 ? place : stack.indexOf(one));
    // Out of sight, and shown when it is scrolled to: what it is in is what it stands on.
    const isSeen = at.left >= 0 && at.top >= 0 && at.right <= innerWidth && at.bottom <= innerHeight;
    if (isSeen && stack.length > 0) return null;
    const around: Element[] = [];
    for (let parent: Element | null = one; parent; parent = parent.parentElement) around.push(parent);
    return around;
  }

  const dialogs = document.querySelectorAll('[role=dialog], [role=menu]');
  const root = dialogs[dialogs.length - 1] ?? document.body;
  for (const one of root.querySelectorAll('*')) {
    if (one instanceof SVGElement || one.closest(':disabled, [aria-disabled=true], [data-disabled=true]')) continue;
    const own = [...one.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (!own || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(own);
    const [at] = range.getClientRects();
    if (!at || at.width <= 2 || at.height <= 2) continue;
    const grounds = groundsOf(one, at);
    if (!grounds || grounds.some((ground) => getComputedStyle(ground).backgroundImage !== 'none')) continue;
    const ground = grounds
      .map((each) => parse(getComputedStyle(each).backgroundColor))
      .reduceRight((below, color) => over(color, below), parse('Canvas'));
    const style = getComputedStyle(one);
    let opacity = 1;
    for (let parent: Element | null = one; parent; parent = parent.parentElement)
      opacity *= Number(getComputedStyle(parent).opacity);
    const [r, g, b, alpha] = parse(style.color);
    const [light = 0, dark = 0] = [luminance(over([r, g, b, alpha * opacity], ground)), luminance(ground)].sort(
      (x, y) => y - x,
    );
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? least.large : least.small) - 0.01)
      found.add(`weak, ${ratio.toFixed(2)}: ${own.textContent?.trim().slice(0, 60)} (${style.color})`);
  }
  return [...found];
}
