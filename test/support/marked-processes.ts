import { readdir, readFile } from 'node:fs/promises';

/** The pids of all processes that were started with `DROVER_RUN=<marker>`. Linux only. */
export async function markedProcesses(marker: string): Promise<number[]> {
  const entry = `DROVER_RUN=${marker}`;
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      // A process that is gone, or that belongs to somebody else, is none of ours.
      const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(entry) ? Number(name) : 0;
    }),
  );
  return found.filter((pid) => pid !== 0);
}
