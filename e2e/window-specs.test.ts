import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OpenWindow, prepareForSpecs, problemsIn, WINDOW_SPECS } from '../test/specs/window-specs.ts';
import { startDaemon, type TestDaemon } from '../test/support/daemon.ts';
import { createDesktopHome, type DesktopHome } from './desktop-app.ts';

describe.each([
  { of: 'its own Drover', isElsewhere: false },
  { of: 'the Drover of a daemon', isElsewhere: true },
])('the window over a message port, in the desktop app, on $of', ({ isElsewhere }) => {
  let home: DesktopHome;
  let daemon: TestDaemon | null = null;
  let window: OpenWindow;
  let problems: string[];
  beforeAll(async () => {
    home = await createDesktopHome();
    if (isElsewhere) daemon = await startDaemon(home.dataFolder, home.folder);
    const app = await home.start();
    const page = await app.board();
    problems = problemsIn(page);
    const projectId = await prepareForSpecs(app.client, home.repository.path);
    window = { page, client: app.client, projectId, folder: home.folder, surface: 'window' };
  });
  afterAll(async () => {
    await home?.remove();
    await daemon?.stop();
  });
  afterEach(() => expect(problems).toEqual([]));

  const specs = WINDOW_SPECS.filter(({ elsewhere }) => elsewhere || !isElsewhere);
  it.each(specs)('$name', ({ run }) => run(window));
});
