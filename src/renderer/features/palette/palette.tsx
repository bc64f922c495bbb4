import { Modal } from '@mantine/core';
import { useRef, useState } from 'react';
import { useActions } from '../../app/actions.ts';
import { createPart, NotLoaded, usePart } from '../../app/on-demand.tsx';
import { typeAhead } from '../../app/type-ahead.ts';
import { labels } from './labels.ts';

const SEARCH = '[data-palette]';

export const paletteDialog = createPart(async () => (await import('./palette-dialog.tsx')).PaletteDialog);

/** Offers the palette by its key, and keeps what had the focus before. */
export function Palette() {
  const [opened, setOpened] = useState(false);
  const cameFrom = useRef<HTMLElement>(document.body);
  const Dialog = usePart(paletteDialog, opened);
  const close = () => setOpened(false);
  useActions([
    {
      name: 'palette',
      run(target) {
        if (opened) return close();
        cameFrom.current = target;
        setOpened(true);
        typeAhead(() => document.querySelector<HTMLElement>(SEARCH));
      },
    },
  ]);
  if (Dialog === NotLoaded) {
    return (
      <Modal opened={opened} onClose={close} title={labels.finding} closeButtonProps={{ 'aria-label': labels.close }}>
        <NotLoaded />
      </Modal>
    );
  }
  return Dialog && <Dialog opened={opened} target={cameFrom.current} onClose={close} />;
}
