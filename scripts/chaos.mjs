// `npm run chaos -- [kills] [seed] [files]`: kills Drover, agents and git at random under load, and checks what is left.
// Ctrl-C ends it early, with the checks of the end.
import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd } from './lib/run.mjs';

const node = await prepare({ git: true, out: true });
process.exitCode = await runToEnd(node, [inRoot('test', 'chaos', 'main.ts'), ...process.argv.slice(2)], {
  env: environmentWithTools(),
});
