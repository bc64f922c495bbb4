import { useMediaQuery } from '@mantine/hooks';
import { NARROW, SIDEBAR_WORDS } from '../../ui/theme.ts';

/** How much of the frame there is room for: `phone` has no sidebar until it is asked for, `icons` only its icons. */
export type Frame = 'phone' | 'icons' | 'full';

const AT_ONCE = { getInitialValueInEffect: false };

export function useFrame(): Frame {
  const words = useMediaQuery(`(min-width: ${SIDEBAR_WORDS}em)`, true, AT_ONCE);
  const sidebar = useMediaQuery(`(min-width: ${NARROW}em)`, true, AT_ONCE);
  if (words) return 'full';
  return sidebar ? 'icons' : 'phone';
}
