import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from '@mantine/core';

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

export const theme = createTheme({
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
  fontSizes: { xs: rem(12), sm: rem(13.5), md: rem(15), lg: rem(17), xl: rem(20) },
  components: {
    // Below the field, so that fields beside each other stay in line however long their explanations are.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Modal: { styles: { title: { fontWeight: 600 } } },
  },
  headings: { fontWeight: '600' },
});

/** Widths and heights that more than one place needs, as CSS variables `--drover-*`. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--drover-header': rem(48),
    '--drover-sidebar': rem(232),
    '--drover-panel': 'clamp(26rem, 44vw, 46rem)',
    '--drover-column': rem(216),
    '--drover-column-empty': rem(120),
    '--drover-row': rem(40),
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
export const sizes = { card: 112, row: 40, entry: 56, codeLine: 18, narrow: 768, panelBeside: 1080 } as const;
