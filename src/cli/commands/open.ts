import { spawn } from 'node:child_process';
import { withClient } from '../connection/with-client.ts';
import { type Command, type Context, remark, show } from '../context.ts';

export const run: Command<{ print?: boolean }> = async (context, _args, options) => {
  const link = await withClient(context, options, (client) => client.system.openLink());
  const opener = options.print || options.json ? null : openerFor(context);
  if (opener !== null && (await start(opener.program, [...opener.args, link.url]))) {
    context.out.write('Drover opens in your browser.\n');
    return undefined;
  }
  show(context, options, link, () => [link.url]);
  if (!options.json) remark(context, 'The link works once, within two minutes.');
  return undefined;
};

/** The program that opens links here; null where there is no display to open them on. */
export function openerFor({
  platform,
  env,
}: Pick<Context, 'platform' | 'env'>): { program: string; args: string[] } | null {
  if (platform === 'darwin') return { program: 'open', args: [] };
  // Not `start`, which is a word of the shell and would read the address as shell text.
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { program: 'xdg-open', args: [] } : null;
}

/** Whether the program could be started and did not fail; one that is still there after two seconds shows a browser. */
function start(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    const settle = (opened: boolean) => {
      clearTimeout(patience);
      child.unref();
      resolve(opened);
    };
    const patience = setTimeout(() => settle(true), 2000);
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0));
  });
}
