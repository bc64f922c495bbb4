import type { Client } from '../contract/client.ts';
import type { FolderRequest } from '../contract/desktop.ts';
import type { Argv } from '../contract/project/state.ts';
import { accept } from '../contract/rejection.ts';
import { createDesktop } from '../desktop/desktop.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';

/** Opens a folder that Drover names, on the desktop of whoever typed the command. Returns a sentence; throws `Failure`. */
export async function openOnDesktop(
  { env, platform }: Context,
  client: Client,
  request: FolderRequest,
): Promise<{ words: string }> {
  const open = createDesktop({
    workspaceFolder: async (workspaceId) => accept(await client.workspaces.folder({ workspaceId })),
    dataFolder: async () => accept({ folder: (await client.system.status()).dataFolder }),
    chosen: async (key) => accept((await client.settings.get({ key })).value as Argv | null),
    environment: async () => env,
    platform: platform as NodeJS.Platform,
  });
  const opened = await open(request);
  if (!opened.ok) throw new Failure(opened.rejection.code, opened.rejection.message);
  return opened.value;
}
