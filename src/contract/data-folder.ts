/** The system the path is for; Node's `process.platform`. */
export interface DataFolderOptions {
  platform: string;
  /** The environment; DROVER_DATA, XDG_DATA_HOME and LOCALAPPDATA are read. */
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  home: string;
}

/**
 * Where Drover keeps its data, for the host and its clients alike. DROVER_DATA wins everywhere; else it is the place
 * the system has for such things: `$XDG_DATA_HOME/drover` or `~/.local/share/drover`, on macOS
 * `~/Library/Application Support/Drover`, on Windows `%LOCALAPPDATA%\Drover\Data`. Pure: nothing is looked up or made.
 * A relative XDG_DATA_HOME is ignored, as the XDG base directory specification asks; a relative DROVER_DATA is given
 * back as it is, for the caller to resolve.
 */
export function dataFolder(options: DataFolderOptions): string {
  const { platform, env, home } = options;
  if (env.DROVER_DATA) return env.DROVER_DATA;
  if (platform === 'win32') return `${env.LOCALAPPDATA || `${home}\\AppData\\Local`}\\Drover\\Data`;
  if (platform === 'darwin') return `${home}/Library/Application Support/Drover`;
  const base = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME.replace(/\/+$/, '') : `${home}/.local/share`;
  return `${base}/drover`;
}

/** The file in the data folder that says where the running Drover listens; JSON of `Endpoint`, mode 0600. */
export const ENDPOINT_FILE = 'endpoint.json';

/** `url` is such as `http://127.0.0.1:4711`; `token` reaches everything. `pid` and `startTime` name the process. */
export interface Endpoint {
  url: string;
  token: string;
  pid: number;
  startTime: string;
  version: string;
}

/** What the endpoint file says; null when it says anything else, which a file may. */
export function parseEndpoint(text: string): Endpoint | null {
  try {
    const { url, token, pid, startTime, version } = JSON.parse(text) as Record<string, unknown>;
    if (typeof url !== 'string' || !/^http:\/\/[\w.-]+:\d+$/.test(url)) return null;
    if (typeof token !== 'string' || !/^[!-~]+$/.test(token)) return null;
    if (!Number.isInteger(pid) || Number(pid) <= 0) return null;
    if (typeof startTime !== 'string' || typeof version !== 'string') return null;
    return { url, token, pid: Number(pid), startTime, version };
  } catch {
    return null;
  }
}
