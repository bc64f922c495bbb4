import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect, useMemo } from 'react';
import { Shell } from './features/shell/shell.tsx';
import { SessionContext, useSettings, useValue } from './state/hooks.ts';
import type { Session } from './state/session.ts';
import { colorsOf, lookOf, readLook } from './ui/look.logic.ts';
import { createPart, OnDemand } from './ui/on-demand.tsx';
import { readStored, writeStored } from './ui/stored.ts';
import { cssVariables, themeOf } from './ui/theme.ts';
import { smallPage } from './ui/window-state.ts';

const capturePage = createPart(async () => (await import('./features/new-task/capture-page.tsx')).CapturePage);
const popUp = createPart(async () => (await import('./features/approvals/pop-up.tsx')).PopUp);

export function App({ session }: { session: Session }) {
  const theme = useTheme(session);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-left" />
      <SessionContext.Provider value={session}>
        <Colors />
        <ModalsProvider>
          <Page />
        </ModalsProvider>
      </SessionContext.Provider>
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
function useTheme(session: Session) {
  const entries = useValue(session.settings);
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
