import { useMemo } from 'react';
import { useValue } from '../../../state/hooks.ts';
import { readStored, writeStored } from '../../../ui/stored.ts';
import { createValue } from '../../../ui/value.ts';
import type { DraftFile } from '../../attachments/attach.logic.ts';
import { useAttachments } from '../../attachments/use-attachments.ts';
import { readFiles } from './message-files.logic.ts';

/** The files of a message that is being written: kept with its text until it is sent. */
export function useMessageFiles(taskId: string) {
  const kept = useMemo(() => {
    const key = `message-files.${taskId}`;
    const value = createValue<readonly DraftFile[]>(readFiles(readStored(key)));
    return {
      value,
      get: value.get,
      set(files: readonly DraftFile[]) {
        value.set(files);
        writeStored(key, files.length === 0 ? null : JSON.stringify(files));
      },
    };
  }, [taskId]);
  const files = useValue(kept.value);
  const attachments = useAttachments(kept);
  return {
    files,
    attachments,
    isOnTheWay: attachments.uploads.some(({ problem }) => problem === null),
    clear: () => kept.set([]),
  };
}
