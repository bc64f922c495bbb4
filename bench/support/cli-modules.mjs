// Loaded before the command with `--import`: when it ends, says on standard error which native modules it has loaded.
import { writeSync } from 'node:fs';

const loaded = [];
const { dlopen } = process;
process.dlopen = (module, file, ...rest) => {
  loaded.push(file);
  return dlopen.call(process, module, file, ...rest);
};
process.on('exit', () => writeSync(2, `native modules: ${JSON.stringify(loaded)}\n`));
