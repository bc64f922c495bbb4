/** What is used of yauzl, which brings no types. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export interface Entry {
    fileName: string;
    externalFileAttributes: number;
  }
  export interface ZipFile {
    on(event: 'entry', listener: (entry: Entry) => void): void;
    on(event: 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    off(event: 'entry', listener: (entry: Entry) => void): void;
    off(event: 'end', listener: () => void): void;
    off(event: 'error', listener: (error: Error) => void): void;
    readEntry(): void;
    openReadStream(entry: Entry, done: (error: Error | null, stream: Readable) => void): void;
    close(): void;
  }
  export function open(
    path: string,
    options: { lazyEntries: boolean; autoClose: boolean },
    done: (error: Error | null, zip: ZipFile) => void,
  ): void;
}
