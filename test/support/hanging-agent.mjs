// An agent that says nothing, ignores every signal it can, and has a child in a session of its own that does too.
import { spawn } from 'node:child_process';

if (process.argv.includes('--version')) {
  process.stdout.write('2.1.329 (Claude Code)\n');
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
process.stdin.resume();
setInterval(() => {}, 1000);
if (!process.argv.includes('child')) {
  spawn(process.execPath, [process.argv[1], 'child'], { detached: true, stdio: 'ignore' }).unref();
}
