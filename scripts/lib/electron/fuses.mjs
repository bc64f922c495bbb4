import { open, readFile } from 'node:fs/promises';

/** What stands before the switches in every Electron binary. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const WIRE_VERSION = 1;
const REMOVED = 'r'.charCodeAt(0);

/** The switches by their place in the wire, as Electron's documentation of fuses numbers them. */
export const FUSES = {
  runAsNode: 0,
  nodeOptions: 2,
  inspectArguments: 3,
  onlyFromAsar: 5,
  browserSnapshot: 6,
};

/**
 * Sets switches in an Electron binary. Throws when the binary is not as expected; it is then left as it was.
 * @param {string} binary
 * @param {Partial<Record<keyof typeof FUSES, boolean>>} wanted
 */
export async function setFuses(binary, wanted) {
  const content = await readFile(binary);
  const at = content.indexOf(SENTINEL);
  if (at < 0 || content.includes(SENTINEL, at + 1)) throw new Error(`${binary} has not exactly one wire of fuses.`);
  const [version, count] = content.subarray(at + SENTINEL.length);
  if (version !== WIRE_VERSION || count === undefined) throw new Error(`${binary} has fuses of an unknown version.`);
  const first = at + SENTINEL.length + 2;
  const file = await open(binary, 'r+');
  try {
    for (const [name, on] of Object.entries(wanted)) {
      const place = FUSES[/** @type {keyof typeof FUSES} */ (name)];
      if (place >= count || content[first + place] === REMOVED) continue;
      await file.write(Buffer.from(on ? '1' : '0'), 0, 1, first + place);
    }
  } finally {
    await file.close();
  }
}
