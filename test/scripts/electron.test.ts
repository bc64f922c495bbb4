import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setFuses } from '../../scripts/lib/electron/fuses.mjs';
import { disc, paint } from '../../scripts/lib/picture.mjs';
import { createTempFolder } from '../support/temp.ts';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
let temp: Awaited<ReturnType<typeof createTempFolder>>;
let binary: string;
beforeEach(async () => {
  temp = await createTempFolder();
  binary = path.join(temp.path, 'electron');
});
afterEach(() => temp.remove());

it('sets the fuses that are there, and leaves the others and what was removed alone', async () => {
  await writeFile(binary, `before ${SENTINEL}\x01\x0600r110 after`);
  await setFuses(binary, { runAsNode: true, nodeOptions: true, inspectArguments: false, browserSnapshot: true });
  expect(await readFile(binary, 'latin1')).toBe(`before ${SENTINEL}\x01\x0610r010 after`);
});

it.each([
  ['no wire', 'nothing here'],
  ['two wires', `${SENTINEL}\x01\x010 ${SENTINEL}\x01\x010`],
  ['a wire of another version', `${SENTINEL}\x02\x010`],
])('leaves a binary with %s as it was', async (_what, content) => {
  await writeFile(binary, content);
  await expect(setFuses(binary, { runAsNode: true })).rejects.toThrow(/fuses/);
  expect(await readFile(binary, 'latin1')).toBe(content);
});

it('draws pictures that are PNGs of the wanted size', async () => {
  const picture = paint(22, [{ shape: disc(0.5, 0.5, 0.4), colour: [255, 0, 0, 1] }]);
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([22, 22]);
});

it.each(['idle', 'running', 'needs-you', 'failed'])('has every picture of the tray for %s', async (state) => {
  const size = async (name: string) => {
    const content = await readFile(new URL(`../../assets/tray/${name}.png`, import.meta.url));
    return content.readUInt32BE(16);
  };
  expect(await size(`${state}@2x`)).toBe(2 * (await size(state)));
  expect(await size(`${state}Template@2x`)).toBe(2 * (await size(`${state}Template`)));
});
