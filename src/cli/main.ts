import { createProcessContext, exit } from './process-context.ts';
import { droverFolder } from './program-files.ts';
import { run } from './run.ts';

exit(await run(createProcessContext(), process.argv.slice(2), droverFolder().version));
