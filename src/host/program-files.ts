import path from 'node:path';

/** The program of the demo agent: a source beside the core, or a bundle of its own in a build. */
export function demoAgentProgram(): string {
  const core = path.join(import.meta.dirname, '..', 'core');
  return import.meta.filename.endsWith('.ts')
    ? path.join(core, 'backends', 'demo', 'agent', 'main.ts')
    : path.join(core, 'demo-agent.js');
}

/**
 * The folder of the `drover` command: beside the sources and beside a build alike, and in a packed app beside its
 * archive, because a program inside of that cannot be started.
 */
export function commandFolder(): string {
  const folder = path.join(import.meta.dirname, '..', '..');
  return path.join(path.extname(folder) === '.asar' ? path.dirname(folder) : folder, 'bin');
}
