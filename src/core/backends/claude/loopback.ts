import { withoutProxyForLoopback } from '../../process/no-proxy.ts';
import type { SessionOptions } from '../backend.ts';
import { proxySettings } from './own-settings.ts';

/**
 * What keeps loopback off a proxy where the program's settings would have it go there: they go over the environment that
 * it is started with.
 */
export async function loopbackSettings({ env, cwd, trusted }: SessionOptions): Promise<Record<string, string>> {
  const set = await proxySettings({ env, cwd, trusted });
  if (Object.keys(set).length === 0) return {};
  const { NO_PROXY = '', no_proxy = '' } = withoutProxyForLoopback({ ...env, ...set });
  return { NO_PROXY, no_proxy };
}
