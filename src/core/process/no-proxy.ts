const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/**
 * `env` in which no program asks a proxy for this machine: Drover’s own tools are here, and what is sent to them carries
 * a token. What the user keeps away from the proxy stays kept away. Both spellings are set, since programs differ in
 * which they read and which they prefer.
 */
export function withoutProxyForLoopback(env: Readonly<Record<string, string>>): Record<string, string> {
  const upper = env.NO_PROXY || env.no_proxy || '';
  const lower = env.no_proxy || env.NO_PROXY || '';
  return { ...env, NO_PROXY: withLoopback(upper), no_proxy: withLoopback(lower) };
}

/** A list of hosts with those of this machine at its end; `*`, all hosts, stays what it is. */
export function withLoopback(list: string): string {
  const hosts = list.split(/[\s,]+/).filter((host) => host !== '');
  if (hosts.includes('*')) return list;
  const missing = LOOPBACK.filter((host) => !hosts.includes(host));
  if (missing.length === 0) return list;
  return [list.replace(/[\s,]+$/, ''), ...missing].filter((part) => part !== '').join(',');
}
