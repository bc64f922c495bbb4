import { useState } from 'react';

/** Files that are dropped on an element or pasted into it; `dragged` while some are held over it. */
export function useDrop(add: (files: Iterable<File>) => void, takes = true) {
  const [dragged, setDragged] = useState(false);
  const hasFiles = (event: React.DragEvent) => takes && event.dataTransfer.types.includes('Files');
  return {
    dragged,
    target: {
      onDragOver(event: React.DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDragged(true);
      },
      onDragLeave(event: React.DragEvent) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragged(false);
      },
      onDrop(event: React.DragEvent) {
        setDragged(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        add(event.dataTransfer.files);
      },
      onPaste(event: React.ClipboardEvent) {
        const { files } = event.clipboardData;
        if (!takes || files.length === 0) return;
        event.preventDefault();
        add(files);
      },
    },
  };
}
