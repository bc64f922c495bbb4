import { type CSSVariablesResolver, createTheme, type MantineThemeOverride, rem, useMantineTheme } from '@mantine/core';
import { DEFAULT_LOOK, type Look } from '../../contract/settings/look.ts';
import { labels } from './labels.ts';
import { colors } from './palette.ts';

/** The only place with sizes of our own, as tokens.css and palette.ts are with colours; everything else uses their variables. */
/** One scale of text: notes, controls and rows, running text, the title of a page's part, the title of a page. */
const FONT_SIZES = { xs: 12, sm: 13, md: 14, lg: 16, xl: 20 };
const HEADINGS = { h1: 22, h2: 18, h3: 16, h4: 14.5, h5: 14, h6: 13 };
const FONT_WEIGHTS = { regular: '400', medium: '500', bold: '600' };
/** One scale of space; the smallest two stand within a part, the others between parts. */
const SPACING = {
  comfortable: { '3xs': 2, '2xs': 4, xs: 8, sm: 12, md: 16, lg: 24, xl: 32 },
  compact: { '3xs': 1, '2xs': 3, xs: 6, sm: 8, md: 12, lg: 16, xl: 24 },
};
/** Of what stands within a line, of controls, of cards, of what lies above all else. */
const RADIUS = { xs: 4, sm: 6, md: 8, lg: 12, xl: 32 };
const SHADOWS = {
  xs: 'var(--drover-shadow-1)',
  sm: 'var(--drover-shadow-1)',
  md: 'var(--drover-shadow-2)',
  lg: 'var(--drover-shadow-3)',
  xl: 'var(--drover-shadow-3)',
};
const ON_INK = 'var(--mantine-primary-color-contrast)';
/** Milliseconds, as `--drover-motion` says for style sheets. */
const MOTION = 140;
const ROW = { comfortable: 40, compact: 30 };
const TASK_ROW = { comfortable: 50, compact: 42 };
const CARD = { comfortable: 92, compact: 72 };
/** Lines that a title, or a reason, may take on a card. */
const CARD_LINES = { comfortable: '2', compact: '1' };
const LINE = 1.5;
/** From which width of the window on there is a sidebar, and from which on it has words; in em. */
export const NARROW = 48;
export const SIDEBAR_WORDS = 62.5;
const USUAL_REM = 16;

const px = (length: number) => `${length}px`;
const each = <K extends string>(sizes: Record<K, number>, factor = 1) =>
  Object.fromEntries(Object.entries<number>(sizes).map(([name, size]) => [name, rem(size * factor)])) as Record<
    K,
    string
  >;

/** The look that is shown, for the numbers that code needs; `themeOf` sets it. */
let shown: Look = DEFAULT_LOOK;
const factorOf = (look: Look) => look.textSize / DEFAULT_LOOK.textSize;

let perRem: number | null = null;
/** A length as it is drawn, in pixels: a browser can be told to show all text larger, and rem grow with it. */
function drawn(length: number): number {
  perRem ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_REM || 1;
  return Math.round(length * perRem);
}

/** The theme for what a person has chosen; only sizes differ. */
export function themeOf(look: Look): MantineThemeOverride {
  shown = look;
  const factor = factorOf(look);
  const headings = each(HEADINGS, factor);
  return createTheme({
    primaryColor: 'ink',
    primaryShade: { light: 7, dark: 6 },
    autoContrast: true,
    colors,
    black: '#191d21',
    fontFamily:
      '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, Arial, sans-serif',
    fontFamilyMonospace:
      '"JetBrains Mono Variable", ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontWeights: FONT_WEIGHTS,
    defaultRadius: 'sm',
    radius: each(RADIUS),
    shadows: SHADOWS,
    respectReducedMotion: true,
    cursorType: 'pointer',
    fontSizes: each(FONT_SIZES, factor),
    spacing: each(SPACING[look.density]),
    components: {
      // Below the field, so that fields beside each other stay in line however long their explanations are.
      InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
      Modal: {
        defaultProps: {
          radius: 'lg',
          transitionProps: { duration: MOTION, transition: 'fade' },
          closeButtonProps: { 'aria-label': labels.close },
        },
        styles: { title: { fontWeight: 600 } },
      },
      Menu: {
        defaultProps: {
          radius: 'md',
          shadow: 'md',
          transitionProps: { duration: MOTION },
          middlewares: { flip: true, shift: true, size: true },
        },
      },
      Popover: { defaultProps: { radius: 'md', shadow: 'md', transitionProps: { duration: MOTION } } },
      Tooltip: { defaultProps: { transitionProps: { duration: MOTION } } },
      // Mantine takes the colour of the light scheme for what stands on ink.
      Tabs: { vars: () => ({ root: { '--tabs-text-color': ON_INK } }) },
      Checkbox: { defaultProps: { iconColor: ON_INK } },
      Radio: { defaultProps: { iconColor: ON_INK } },
      Switch: { defaultProps: { withThumbIndicator: false } },
      // A picture without words, beside a field that says it is one of several.
      ComboboxChevron: { defaultProps: { 'aria-hidden': true } },
      // A picture that turns has no name of its own without a role.
      Loader: { defaultProps: { role: 'status' } },
      Code: { styles: { root: { fontSize: 'var(--drover-code-size)' } } },
    },
    headings: {
      fontWeight: '600',
      sizes: Object.fromEntries(Object.entries(headings).map(([name, fontSize]) => [name, { fontSize }])),
    },
    other: { look },
  });
}

/** Widths and heights that more than one place needs, as CSS variables `--drover-*`. */
export const cssVariables: CSSVariablesResolver = ({ other }) => ({
  variables: {
    '--drover-code-size': rem((other.look as Look).codeSize),
    '--drover-header': rem(48),
    '--drover-sidebar': px(sizes.sidebar),
    '--drover-sidebar-icons': rem(56),
    '--drover-column': px(sizes.column),
    '--drover-column-widest': px(sizes.column * 2),
    '--drover-column-narrow': px(sizes.columnNarrow),
    '--drover-board-gap': px(sizes.boardGap),
    '--drover-card': px(sizes.card),
    '--drover-card-lines': CARD_LINES[(other.look as Look).density],
    '--drover-row': px(sizes.row),
    // Of the head of a column, of a mark of its state, of a box that is ticked.
    '--drover-head': rem(32),
    '--drover-dot': rem(8),
    '--drover-check': rem(17),
  },
  light: {},
  dark: {},
});

/** Numbers that code needs, in pixels: heights that virtual lists reckon with, and the widths where the layout folds. */
export const sizes = {
  get card() {
    return drawn(CARD[shown.density] * Math.max(1, factorOf(shown)));
  },
  get row() {
    return drawn(ROW[shown.density] * Math.max(1, factorOf(shown)));
  },
  /** A task, and the name of a group, in the list beside an open one. */
  get taskRow() {
    return drawn(TASK_ROW[shown.density] * Math.max(1, factorOf(shown)));
  },
  get groupRow() {
    return drawn(32 * Math.max(1, factorOf(shown)));
  },
  get boardGap() {
    return drawn(8);
  },
  get sidebar() {
    return drawn(232);
  },
  /** What the sidebar takes of a window of this width. */
  sidebarIn(width: number) {
    if (width < drawn(NARROW * USUAL_REM)) return 0;
    return drawn(width < drawn(SIDEBAR_WORDS * USUAL_REM) ? 56 : 232);
  },
  get code() {
    return drawn(shown.codeSize);
  },
  get codeLine() {
    return Math.round(shown.codeSize * LINE);
  },
  entry: 56,
  /** A column of the board with cards, and one that shows its name only. */
  get column() {
    return drawn(240);
  },
  get columnNarrow() {
    return drawn(92);
  },
  narrow: 768,
  /** From here on the list of tasks stands beside an open one. */
  listBeside: 1000,
};

/** The same, for what is to be drawn again when they change. */
export function useSizes(): typeof sizes {
  useMantineTheme();
  return sizes;
}
