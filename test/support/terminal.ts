import { createRequire } from 'node:module';

/** The part of node-pty that tests use; its own types name it by another package name. */
interface PtyModule {
  spawn(
    file: string,
    args: string[],
    options: { cols: number; rows: number; cwd: string; env: Record<string, string> },
  ): {
    onData(listener: (data: string) => void): void;
    onExit(listener: (exit: { exitCode: number }) => void): void;
  };
}

const pty = createRequire(import.meta.url)('node-pty') as PtyModule;

/** Runs a program in a real terminal until it ends; gives all that arrived there. */
export function runInTerminal(
  file: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; columns?: number },
): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const { cwd, env, columns = 80 } = options;
    const terminal = pty.spawn(file, [...args], { cols: columns, rows: 24, cwd, env });
    let text = '';
    terminal.onData((data) => {
      text += data;
    });
    terminal.onExit(({ exitCode }) => resolve({ code: exitCode, text }));
  });
}
