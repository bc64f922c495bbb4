import { Code, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { openableAddress } from '../../ui/text.logic.ts';
import { labels } from './labels.ts';
import { lineCount } from './paste.logic.ts';
import classes from './terminal.module.css';

const LONGEST = 2000;
const close = { closeButtonProps: { 'aria-label': labels.cancel } };

/** Resolves to whether several lines may be typed into the terminal. */
export function askToPaste(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      ...close,
      title: labels.pasteTitle(lineCount(text)),
      children: (
        <>
          <Text size="sm">{labels.pasteMeans}</Text>
          <pre className={classes.pasted}>{text.slice(0, LONGEST)}</pre>
        </>
      ),
      labels: { confirm: labels.paste, cancel: labels.cancel },
      onConfirm: () => resolve(true),
      onCancel: () => resolve(false),
      onClose: () => resolve(false),
    });
  });
}

/** Opens a link that stood in a terminal, if a person says so; what is no address of the web is not opened. */
export function askToOpen(text: string): void {
  const address = openableAddress(text);
  if (address === null) return;
  modals.openConfirmModal({
    ...close,
    title: labels.linkTitle,
    children: <Code className={classes.address}>{address.slice(0, LONGEST)}</Code>,
    labels: { confirm: labels.openInBrowser, cancel: labels.cancel },
    onConfirm: () => void window.open(address, '_blank', 'noopener,noreferrer'),
  });
}

/** Opens a file of a workspace in the editor, if a person says so; `words` are its path and line. */
export function askToOpenFile(words: string, onConfirm: () => void): void {
  modals.openConfirmModal({
    ...close,
    title: labels.fileTitle,
    children: <Code className={classes.address}>{words}</Code>,
    labels: { confirm: labels.openInEditor, cancel: labels.cancel },
    onConfirm,
  });
}

/** Asks whether what runs in a terminal may be ended; `why` says what that is. */
export function askToEnd(title: string, why: string, confirm: string, onConfirm: () => void): void {
  modals.openConfirmModal({
    ...close,
    title,
    children: <Text size="sm">{why}</Text>,
    labels: { confirm, cancel: labels.keep },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}
