import path from 'node:path';

/** The program of the demo agent: a source beside the core, or a bundle of its own in a build. */
export function demoAgentProgram(): string {
  const core = path.join(import.meta.dirname, '..', 'core');
  return import.meta.filename.endsWith('.ts')
    ? path.join(core, 'backends', 'demo', 'agent', 'main.ts')
    : path.join(core, 'demo-agent.js');
}

/** The folder of the `drover` command: beside the sources and beside a build alike. */
export function commandFolder(): string {
  return path.join(import.meta.dirname, '..', '..', 'bin');
}
