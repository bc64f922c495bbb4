import { useState } from 'react';
import { wordsOf } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { type DraftFile, freeName, refusalOf } from './attach.logic.ts';
import { labels } from './labels.ts';
import { thumbnailOf } from './thumbnail.ts';

/** A file on its way, or one that did not arrive. */
export interface Upload {
  readonly key: string;
  readonly file: File;
  readonly name: string;
  /** Null while it is on its way. */
  readonly problem: string | null;
  /** Whether trying again may help. */
  readonly hopeless: boolean;
  /** How much of it has been read, 0 to 1; sending takes as long again. */
  readonly read: number;
}

export interface Attachments {
  readonly uploads: readonly Upload[];
  add(files: Iterable<File>): void;
  retry(upload: Upload): void;
  /** Gives up a file that is on its way, or takes back one that has arrived. */
  remove(one: Upload | DraftFile): void;
}

/** Where a draft keeps its files. */
export interface DraftFiles {
  get(): readonly DraftFile[];
  set(files: readonly DraftFile[]): void;
}

/** Sends files to the core at once and keeps them in the draft, so that only their ids have to be kept. */
export function useAttachments(kept: DraftFiles): Attachments {
  const client = useClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const change = (key: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));
  const [givenUp] = useState(() => new Set<string>());

  async function send({ key, file, name }: Upload): Promise<void> {
    try {
      const [base64, thumb] = await Promise.all([readBase64(file, (read) => change(key, { read })), thumbnailOf(file)]);
      const { id, bytes } = await client.attachments.add({ name, base64 });
      drop(key);
      if (givenUp.has(key)) void client.attachments.remove({ attachmentId: id }).catch(() => {});
      else kept.set([...kept.get(), { id, name, bytes, thumb }]);
    } catch (error) {
      change(key, { problem: error instanceof ReadingFailed ? error.message : wordsOf(error) });
    }
  }

  return {
    uploads,
    add(files) {
      const taken = [...kept.get(), ...uploads].map(({ name }) => name);
      const added: Upload[] = [];
      for (const file of files) {
        const name = freeName(file.name.slice(-200) || 'file', taken);
        const problem = refusalOf(file, taken.length);
        taken.push(name);
        added.push({ key: crypto.randomUUID(), file, name, problem, hopeless: problem !== null, read: 0 });
      }
      setUploads((all) => [...all, ...added]);
      for (const upload of added) if (upload.problem === null) void send(upload);
    },
    retry(upload) {
      change(upload.key, { problem: null, read: 0 });
      void send(upload);
    },
    remove(one) {
      if ('key' in one) {
        givenUp.add(one.key);
        drop(one.key);
        return;
      }
      kept.set(kept.get().filter(({ id }) => id !== one.id));
      // One that belongs to another task stays with it.
      void client.attachments.remove({ attachmentId: one.id }).catch(() => {});
    },
  };
}

class ReadingFailed extends Error {}

function readBase64(file: File, onProgress: (part: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onprogress = ({ loaded, total }) => total > 0 && onProgress(loaded / total);
    reader.onerror = () => reject(new ReadingFailed(labels.unreadable));
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ''));
    reader.readAsDataURL(file);
  });
}
