import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { createValue, type Value } from '../ui/value.ts';
import { labels } from './labels.ts';
import { goHome } from './window-state.ts';

/** A part of the window whose code is loaded when it is first needed, so that the board need not wait for it. */
export interface Part<P> {
  /** Null until it has been loaded; what says so when it could not be. */
  readonly component: Value<ComponentType<P> | null>;
  /** Loads it, once; tries again after a failure. */
  load(): void;
}

/** `get` imports the code; that must be an `import()` of its own, by which the build knows where to divide. */
export function createPart<P>(get: () => Promise<ComponentType<P>>): Part<P> {
  const component = createValue<ComponentType<P> | null>(null);
  let asked = false;
  return {
    component,
    load() {
      if (asked) return;
      asked = true;
      component.set(null);
      get().then(component.set, () => {
        asked = false;
        component.set(NotLoaded);
      });
    },
  };
}

/** The part, once it has been loaded; it is asked for as soon as it is wanted. What was loaded before is there at once. */
export function usePart<P>({ component, load }: Part<P>, wanted = true): ComponentType<P> | null {
  useEffect(() => {
    if (wanted) load();
  }, [wanted, load]);
  return useSyncExternalStore(component.subscribe, component.get);
}

/** Shows the part that `part` is. */
export function OnDemand<P extends object>({ part, ...props }: { part: Part<P> } & P): ReactNode {
  const Shown: ComponentType<P> | null = usePart<P>(part);
  if (Shown === null) return <Loader size="sm" m="md" aria-label={labels.loading} />;
  return <Shown {...(props as unknown as P)} />;
}

/** In place of a part whose file is not there: since the window was opened Drover may have become another one. */
export function NotLoaded() {
  return (
    <Alert m="md" color="gray" role="alert" title={labels.notLoaded}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{labels.whyNotLoaded}</Text>
        <Group gap="xs">
          <Button size="xs" onClick={() => location.reload()}>
            {labels.reload}
          </Button>
          <Button size="xs" variant="default" onClick={goHome}>
            {labels.backToTasks}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
