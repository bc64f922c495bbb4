import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { Shell } from './features/shell/shell.tsx';
import { SessionContext } from './state/hooks.ts';
import type { Session } from './state/session.ts';
import { cssVariables, theme } from './ui/theme.ts';

export function App({ session }: { session: Session }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <SessionContext.Provider value={session}>
        <ModalsProvider>
          <Shell />
        </ModalsProvider>
      </SessionContext.Provider>
    </MantineProvider>
  );
}
