import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { useSettings } from '../../state/hooks.ts';
import { TERMINAL_COLORS } from '../../ui/terminal-colors.ts';
import { sizes } from '../../ui/theme.ts';
import type { TerminalLook } from './terminal-screen.ts';

/** AA, and AAA where a person has asked for more. */
const CONTRAST = { usual: 4.5, more: 7 };

/** How a terminal looks: as code does in this window; with the text for a screen reader beside it where that is wanted. */
export function useTerminalLook(screenReaderMode: boolean): TerminalLook {
  const colors = useComputedColorScheme('light');
  const more = useMediaQuery('(prefers-contrast: more)', false, { getInitialValueInEffect: false });
  // The sizes are those of the settings.
  const settings = useSettings();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size of code changes with the settings.
  return useMemo(
    () => ({
      theme: TERMINAL_COLORS[colors],
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mantine-font-family-monospace'),
      fontSize: sizes.code,
      screenReaderMode,
      minimumContrastRatio: more ? CONTRAST.more : CONTRAST.usual,
    }),
    [colors, more, settings, screenReaderMode],
  );
}
