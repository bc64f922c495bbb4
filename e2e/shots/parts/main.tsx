// The page of docs/design/parts.md: the parts of the window as they are, without Drover. `build.ts` bundles it for the
// pictures alone; nothing of it is in the app.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '../../../src/renderer/ui/fonts.css';
import '../../../src/renderer/ui/tokens.css';
import '../../../src/renderer/ui/base.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { DEFAULT_LOOK } from '../../../src/contract/settings/look.ts';
import { StoreContext } from '../../../src/renderer/state/hooks.ts';
import type { Store } from '../../../src/renderer/state/store.ts';
import { cssVariables, themeOf } from '../../../src/renderer/ui/theme.ts';
import { createValue } from '../../../src/renderer/ui/value.ts';
import { Parts } from './parts.tsx';

/** All that a card asks for. */
const nothing = { doing: createValue(new Map()), found: { hits: createValue(new Map()) } } as unknown as Store;

createRoot(document.getElementById('root') ?? document.body).render(
  <MantineProvider theme={themeOf(DEFAULT_LOOK)} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <StoreContext.Provider value={nothing}>
      <Parts />
    </StoreContext.Provider>
  </MantineProvider>,
);
