import { lightenGlobals } from './light-globals.ts';
import { createProcessContext, exit } from './process-context.ts';
import { droverFolder } from './program-files.ts';
import { run } from './run.ts';

lightenGlobals();
exit(await run(createProcessContext(), process.argv.slice(2), droverFolder().version));
