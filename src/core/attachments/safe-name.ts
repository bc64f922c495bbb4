import path from 'node:path';

const MAX_BYTES = 200;
/** Names that Windows keeps for devices, with any ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file name that every system takes and nobody is misled by: no folders, nothing hidden, no sign that means something
 * to a shell's or Windows' file names, at most 200 bytes with its ending kept. Never empty.
 */
export function safeName(given: string): string {
  const last = given.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/\p{Cc}|\p{Cf}|\p{Cs}|[\u2028\u2029]/gu, '')
    .replace(/[<>:"|?*`]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim();
  if (plain === '') return 'file';
  const name = DEVICES.test(plain) ? `_${plain}` : plain;
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const ending = Buffer.byteLength(path.extname(name)) <= 20 ? path.extname(name) : '';
  return cutBytes(name.slice(0, name.length - ending.length), MAX_BYTES - Buffer.byteLength(ending)) + ending;
}

function cutBytes(text: string, max: number): string {
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > max) break;
    cut += character;
  }
  return cut;
}
