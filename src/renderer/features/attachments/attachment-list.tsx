import { ActionIcon, Button, FileButton, Loader, Text, Tooltip } from '@mantine/core';
import { CircleAlert, File as FileIcon, Paperclip, RotateCw, X } from 'lucide-react';
import { bytes } from '../../../contract/words/measure.ts';
import type { DraftFile } from './attach.logic.ts';
import classes from './attachments.module.css';
import { labels } from './labels.ts';
import type { Attachments, Upload } from './use-attachments.ts';

export interface AttachmentListProps {
  files: readonly DraftFile[];
  attachments: Attachments;
}

/** The files of a draft, those on their way too; nothing where there are none. */
export function AttachmentList({ files, attachments }: AttachmentListProps) {
  const { uploads, remove, retry } = attachments;
  if (files.length + uploads.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={labels.attachments}>
      {files.map((file) => (
        <li key={file.id} className={classes.file}>
          {file.thumb ? (
            <img className={classes.thumb} src={file.thumb} alt="" />
          ) : (
            <FileIcon className={classes.icon} aria-hidden />
          )}
          <Words name={file.name} more={bytes(file.bytes)} />
          <Remove name={file.name} onClick={() => remove(file)} />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.key} className={classes.file} data-failed={upload.problem !== null || undefined}>
          {upload.problem === null ? (
            <Loader size="xs" m="xs" aria-label={labels.uploadingFile} />
          ) : (
            <CircleAlert className={classes.icon} aria-label={labels.notAttached} />
          )}
          <Words name={upload.name} more={upload.problem ?? progressWords(upload)} />
          {upload.problem !== null && !upload.hopeless && (
            <Tooltip label={labels.retry}>
              <ActionIcon
                variant="subtle"
                size="sm"
                aria-label={labels.retryFile(upload.name)}
                onClick={() => retry(upload)}
              >
                <RotateCw size="1em" aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <Remove name={upload.name} onClick={() => remove(upload)} />
        </li>
      ))}
    </ul>
  );
}

function progressWords({ read, file }: Upload): string {
  return read < 1 ? labels.reading(Math.round(read * 100)) : labels.sending(bytes(file.size));
}

/** Says where files that are held over something would go. */
export function DropHint() {
  return (
    <div className={classes.drop}>
      <Text fw={600}>{labels.dropHere}</Text>
    </div>
  );
}

/** Picks files; they may also be dropped on the form or pasted. */
export function AttachButton({ onAdd }: { onAdd(files: File[]): void }) {
  return (
    <FileButton multiple onChange={onAdd}>
      {(props) => (
        <Button
          {...props}
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Paperclip size="1em" aria-hidden />}
        >
          {labels.attach}
        </Button>
      )}
    </FileButton>
  );
}

function Words({ name, more }: { name: string; more: string }) {
  return (
    <div className={classes.fileWords}>
      <Text size="xs" truncate="end" title={name}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {more}
      </Text>
    </div>
  );
}

function Remove({ name, onClick }: { name: string; onClick(): void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={labels.remove(name)} onClick={onClick}>
      <X size="1em" aria-hidden />
    </ActionIcon>
  );
}
