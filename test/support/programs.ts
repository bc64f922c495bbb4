import path from 'node:path';

const built = (...at: string[]) => path.resolve(import.meta.dirname, '../../out', ...at);

/** The programs as they are built: from its sources each takes a second more to start. */
export const DAEMON = built('daemon', 'main.js');
export const DOCTOR = built('daemon', 'doctor.js');
export const CLI = built('cli', 'main.js');
export const DEMO_AGENT = built('core', 'demo-agent.js');

/** Passed on to programs that tests start, so that what they are made of is compiled once for a whole run. */
export const compileCache = (): Record<string, string> => {
  const folder = process.env.NODE_COMPILE_CACHE;
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
};
