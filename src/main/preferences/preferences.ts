import { randomUUID } from 'node:crypto';
import { type SettingKey, type Settings, settings as settingsSchema } from '../../contract/settings/state.ts';
import { PERSON } from '../../core/core-api.ts';
import type { Drover } from '../drover/drover.ts';

/** What a person has set, as far as it is about this desktop. */
export interface Preferences {
  settings(): Settings;
  /** Whether nothing is to be heard of a project. */
  isQuiet(projectId: string): boolean;
  /** Whether everything is paused. */
  isPaused(): boolean;
  /** Pauses everything or resumes it, from the tray. */
  setPaused(on: boolean): Promise<void>;
  set<K extends SettingKey>(key: K, value: Settings[K]): Promise<void>;
  /** Must be called when settings, projects or the pause have changed; tells `onChange` once it knows how. */
  refresh(what: 'settings' | 'projects' | 'pause'): Promise<void>;
}

export interface PreferencesOptions {
  drover: Pick<Drover, 'api'>;
  onChange(): void;
}

export async function openPreferences({ drover, onChange }: PreferencesOptions): Promise<Preferences> {
  let settings = settingsSchema.parse({});
  let quiet = new Set<string>();
  let paused = false;

  async function read(what: 'settings' | 'projects' | 'pause'): Promise<void> {
    if (what === 'settings') {
      const listed = await drover.api.settings.list(undefined, PERSON);
      if (!listed.ok) return;
      const read = settingsSchema.safeParse(Object.fromEntries(listed.value.map(({ key, value }) => [key, value])));
      if (read.success) settings = read.data;
    } else if (what === 'pause') {
      const got = await drover.api.pause.get(undefined, PERSON);
      if (got.ok) paused = got.value.paused;
    } else {
      const listed = await drover.api.projects.list(undefined, PERSON);
      if (listed.ok) quiet = new Set(listed.value.filter((project) => project.quiet).map(({ id }) => id));
    }
  }

  await read('settings');
  await read('projects');
  await read('pause');
  return {
    settings: () => settings,
    isPaused: () => paused,
    isQuiet: (projectId) => quiet.has(projectId),
    async setPaused(on) {
      const command = { commandId: randomUUID(), from: 'tray' } as const;
      await (on ? drover.api.pause.begin(command, PERSON) : drover.api.pause.end(command, PERSON));
    },
    async set(key, value) {
      await drover.api.settings.set({ key, value }, PERSON);
    },
    async refresh(what) {
      await read(what);
      onChange();
    },
  };
}
