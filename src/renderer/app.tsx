import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect, useMemo } from 'react';
import { colorsOf, lookOf, readLook } from './app/look.logic.ts';
import { createPart, OnDemand } from './app/on-demand.tsx';
import { smallPage } from './app/window-state.ts';
import { Shell } from './features/shell/shell.tsx';
import { StoreContext, useSettings, useValue } from './state/hooks.ts';
import type { Store } from './state/store.ts';
import { readStored, writeStored } from './ui/stored.ts';
import { cssVariables, themeOf } from './ui/theme.ts';

const capturePage = createPart(async () => (await import('./features/new-task/capture-page.tsx')).CapturePage);
const popUp = createPart(async () => (await import('./features/approvals/pop-up.tsx')).PopUp);

export function App({ store }: { store: Store }) {
  const theme = useTheme(store);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <StoreContext.Provider value={store}>
        <Colors />
        <ModalsProvider>
          <Page />
        </ModalsProvider>
      </StoreContext.Provider>
    </MantineProvider>
  );
}

/** The whole window, or what one of the small windows of the desktop app shows. */
function Page() {
  const small = useValue(smallPage);
  if (small === 'capture') return <OnDemand part={capturePage} />;
  if (small === 'pop-up') return <OnDemand part={popUp} />;
  return <Shell />;
}

const LOOK = 'look';

/** From the settings; until they arrive, as it was the last time, so that nothing jumps. */
function useTheme(store: Store) {
  const entries = useValue(store.settings);
  const kept = entries === null ? readStored(LOOK) : JSON.stringify(lookOf(entries));
  useEffect(() => writeStored(LOOK, kept), [kept]);
  return useMemo(() => themeOf(readLook(kept)), [kept]);
}

/** Light or dark as the settings say; the library keeps the copy for the first paint. */
function Colors() {
  const { setColorScheme } = useMantineColorScheme();
  const colors = colorsOf(useSettings());
  useEffect(() => {
    if (colors !== null) setColorScheme(colors);
  }, [colors, setColorScheme]);
  return null;
}
