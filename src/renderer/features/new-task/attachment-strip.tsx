import { ActionIcon, Button, FileButton, Group, Loader, Text, Tooltip } from '@mantine/core';
import { CircleAlert, File as FileIcon, Paperclip, RotateCw, X } from 'lucide-react';
import { bytes } from '../../../contract/words/measure.ts';
import type { DraftFile } from './draft.logic.ts';
import classes from './new-task.module.css';
import type { Attachments } from './use-attachments.ts';

export interface AttachmentStripProps {
  files: readonly DraftFile[];
  attachments: Attachments;
}

/** The files of a draft, those on their way too, and the button that picks more. */
export function AttachmentStrip({ files, attachments }: AttachmentStripProps) {
  const { uploads, add, remove, retry } = attachments;
  return (
    <div>
      {files.length + uploads.length > 0 && (
        <ul className={classes.files} aria-label="Attachments">
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
                <Loader size="xs" m="xs" aria-label="Uploading" />
              ) : (
                <CircleAlert className={classes.icon} aria-label="Not attached" />
              )}
              <Words
                name={upload.name}
                more={
                  upload.problem ??
                  (upload.read < 1
                    ? `Reading, ${Math.round(upload.read * 100)} %`
                    : `Sending ${bytes(upload.file.size)}`)
                }
              />
              {upload.problem !== null && !upload.hopeless && (
                <Tooltip label="Try again">
                  <ActionIcon
                    variant="subtle"
                    size="sm"
                    aria-label={`Try ${upload.name} again`}
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
      )}
      <Group gap="xs">
        <FileButton multiple onChange={add}>
          {(props) => (
            <Button {...props} variant="subtle" size="compact-sm" leftSection={<Paperclip size="1em" aria-hidden />}>
              Attach files
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          or drop them here, or paste them
        </Text>
      </Group>
    </div>
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
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${name}`} onClick={onClick}>
      <X size="1em" aria-hidden />
    </ActionIcon>
  );
}
