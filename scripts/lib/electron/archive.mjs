import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { open as openZip } from 'yauzl';

/**
 * Unpacks a part of a zip file, with the modes of its files.
 * @param {string} archive
 * @param {string} folder where to; made if it is missing
 * @param {(name: string) => string | null} place where in the folder a file of the archive goes; null leaves it out
 */
export async function unzip(archive, folder, place) {
  const zip = await open(archive);
  try {
    for (let entry = await next(zip); entry !== null; entry = await next(zip)) {
      const name = entry.fileName.endsWith('/') ? null : place(entry.fileName);
      if (name === null) continue;
      const target = join(folder, name);
      if (!target.startsWith(folder + sep))
        throw new Error(`${archive} holds a path that leads out: ${entry.fileName}`);
      await mkdir(dirname(target), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
      await pipeline(await read(zip, entry), createWriteStream(target, { mode }));
    }
  } finally {
    zip.close();
  }
}

/**
 * @param {string} archive
 * @returns {Promise<import('yauzl').ZipFile>}
 */
function open(archive) {
  return new Promise((resolve, refuse) => {
    openZip(archive, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? refuse(error) : resolve(zip)));
  });
}

/**
 * @param {import('yauzl').ZipFile} zip
 * @returns {Promise<import('yauzl').Entry | null>}
 */
function next(zip) {
  return new Promise((resolve, refuse) => {
    const done = () => {
      zip.off('entry', onEntry);
      zip.off('end', onEnd);
      zip.off('error', onError);
    };
    const onEntry = (/** @type {import('yauzl').Entry} */ entry) => {
      done();
      resolve(entry);
    };
    const onEnd = () => {
      done();
      resolve(null);
    };
    const onError = (/** @type {Error} */ error) => {
      done();
      refuse(error);
    };
    zip.on('entry', onEntry);
    zip.on('end', onEnd);
    zip.on('error', onError);
    zip.readEntry();
  });
}

/**
 * @param {import('yauzl').ZipFile} zip
 * @param {import('yauzl').Entry} entry
 * @returns {Promise<import('node:stream').Readable>}
 */
function read(zip, entry) {
  return new Promise((resolve, refuse) => {
    zip.openReadStream(entry, (error, stream) => (error ? refuse(error) : resolve(stream)));
  });
}
