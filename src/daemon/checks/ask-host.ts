import { Agent, request } from 'node:http';
import type * as z from 'zod';
import type { Endpoint } from '../../contract/data-folder.ts';
import { isAlive } from '../../core/process/identity.ts';
import { readEndpoint } from '../../host/endpoint-file.ts';

/** A look at a program may take as long as its wrapper and the login shell do. */
const ANSWER_MS = 60_000;

/** The Drover that runs on a data folder, or null: what it finds is what its tasks get. */
export async function runningHost(dataFolder: string): Promise<Endpoint | null> {
  const endpoint = await readEndpoint(dataFolder);
  return endpoint !== null && isAlive(endpoint) ? endpoint : null;
}

/** What the running Drover answers to a call that only reads; null when it does not, or something else. */
export async function askHost<T>(host: Endpoint, path: string, shape: z.ZodType<T>): Promise<T | null> {
  // An agent of its own never goes by a proxy.
  const agent = new Agent();
  try {
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { authorization: `Bearer ${host.token}` };
      const asked = request(new URL(path, host.url), { agent, headers, timeout: ANSWER_MS }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
        response.on('error', reject);
      });
      asked.on('timeout', () => asked.destroy(new Error('no answer')));
      asked.on('error', reject);
      asked.end();
    });
    const read = shape.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  } finally {
    agent.destroy();
  }
}
