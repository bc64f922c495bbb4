import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
  rem,
  useMantineTheme,
} from '@mantine/core';
import { DEFAULT_LOOK, type Look } from '../../contract/settings/look.ts';

/** The only place with colours and sizes of our own; everything else uses Mantine's variables. */
const accent: MantineColorsTuple = [
  '#eef3ff',
  '#dce4f7',
  '#b9c7e8',
  '#94a8d9',
  '#748dcc',
  '#5f7cc4',
  '#5474c1',
  '#4463ab',
  '#39589b',
  '#2d4b87',
];

const FONT_SIZES = { xs: 12, sm: 13.5, md: 15, lg: 17, xl: 20 };
const HEADINGS = { h1: 30, h2: 25, h3: 21, h4: 17.5, h5: 15.5, h6: 14 };
const SPACING = {
  comfortable: { xs: 10, sm: 12, md: 16, lg: 20, xl: 32 },
  compact: { xs: 6, sm: 8, md: 12, lg: 14, xl: 20 },
};
const ROW = { comfortable: 40, compact: 30 };
const CARD = { comfortable: 116, compact: 96 };
/** Lines that a title, or the reason of a card that needs somebody, may take on a card. */
const CARD_LINES = { comfortable: '2', compact: '1' };
const LINE = 1.5;
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
    primaryColor: 'accent',
    primaryShade: { light: 7, dark: 6 },
    autoContrast: true,
    colors: { accent },
    fontFamily:
      'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", Arial, sans-serif',
    fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    defaultRadius: 'md',
    respectReducedMotion: true,
    cursorType: 'pointer',
    fontSizes: each(FONT_SIZES, factor),
    spacing: each(SPACING[look.density]),
    components: {
      // Below the field, so that fields beside each other stay in line however long their explanations are.
      InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
      Modal: { styles: { title: { fontWeight: 600 } } },
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
    '--drover-panel': 'clamp(26rem, 44vw, 46rem)',
    '--drover-column': rem(sizes.columnLeast),
    '--drover-column-widest': rem(sizes.column * 2),
    '--drover-column-folded': rem(sizes.columnFolded),
    '--drover-board-gap': px(sizes.boardGap),
    '--drover-card': px(sizes.card),
    '--drover-card-lines': CARD_LINES[(other.look as Look).density],
    '--drover-row': px(sizes.row),
  },
  light: {
    '--drover-surface': '#f6f7f9',
    '--drover-raised': 'var(--mantine-color-white)',
    '--drover-line': 'var(--mantine-color-gray-3)',
    '--drover-code': '#eceff3',
    '--drover-added': '#dcf3e6',
    '--drover-removed': '#fbe3e3',
    '--drover-blue': '#1c5fa8',
    '--drover-orange': '#a34a00',
    '--drover-teal': '#0b6e58',
    '--drover-red': '#b02a2a',
    '--mantine-color-dimmed': '#5b636b',
    '--mantine-color-placeholder': '#6b737b',
  },
  dark: {
    '--drover-surface': '#17181b',
    '--drover-raised': '#212327',
    '--drover-line': '#33363c',
    '--drover-code': '#26292e',
    '--drover-added': '#173a2a',
    '--drover-removed': '#472326',
    '--drover-blue': '#7fb5ec',
    '--drover-orange': '#f0a564',
    '--drover-teal': '#5fcfb3',
    '--drover-red': '#f28b8b',
    '--mantine-color-body': '#1b1d20',
    '--mantine-color-dimmed': '#a3aab2',
    '--mantine-color-placeholder': '#8f969e',
  },
});

/** Numbers that code needs, in pixels: heights that virtual lists reckon with, and the widths where the layout folds. */
export const sizes = {
  get card() {
    return drawn(CARD[shown.density] * Math.max(1, factorOf(shown)));
  },
  get row() {
    return drawn(ROW[shown.density] * Math.max(1, factorOf(shown)));
  },
  get boardGap() {
    return drawn(8);
  },
  get sidebar() {
    return drawn(232);
  },
  get codeLine() {
    return Math.round(shown.codeSize * LINE);
  },
  entry: 56,
  /** A column of the board: read with ease, at the least, empty with its words, folded. */
  column: 176,
  columnLeast: 134,
  columnEmpty: 124,
  columnFolded: 36,
  narrow: 768,
  panelBeside: 1080,
};

/** The same, for what is to be drawn again when they change. */
export function useSizes(): typeof sizes {
  useMantineTheme();
  return sizes;
}
