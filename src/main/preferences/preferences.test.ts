import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHost, must, type TestHost, USER } from '../../../test/support/host.ts';
import { openPreferences } from './preferences.ts';

let host: TestHost;
beforeEach(async () => {
  host = await createHost();
});
afterEach(() => host.remove());

it('are those of the core, read again when it says that they have changed', async () => {
  const onChange = vi.fn();
  const preferences = await openPreferences({ drover: { api: host.core.api }, onChange });
  expect(preferences.settings()['desktop.keepAwake']).toBe(true);
  expect(preferences.isQuiet(host.projectId)).toBe(false);

  await preferences.setPaused(true);
  expect(must(await host.core.api.pause.get(undefined, USER)).paused).toBe(true);
  await preferences.refresh('pause');
  expect(preferences.isPaused()).toBe(true);

  must(await host.core.api.projects.set({ projectId: host.projectId, settings: { quiet: true } }, USER));
  await preferences.refresh('projects');
  expect(preferences.isQuiet(host.projectId)).toBe(true);
  expect(onChange).toHaveBeenCalledTimes(2);
});
