import type { DesktopNotice } from '../../contract/desktop.ts';

/** A notice on its way to a person. Its words are plain text. */
export interface Presentation extends DesktopNotice {
  /** Buttons, where the desktop has them. */
  actions: readonly { key: string; label: string }[];
  sound: boolean;
  /** Somebody waits for an answer: it stays until it is answered or closed. */
  stays: boolean;
}

export interface PresentationEvents {
  click(): void;
  action(key: string): void;
  /** The desktop cannot show it. */
  failed(): void;
}

/** A notice that is shown. */
export interface Shown {
  /** Takes it away; does nothing when it is gone already. */
  close(): void;
}

/** The way a notice reaches a person; `instead` is taken away for it. Calls back at most once. */
export type Present = (presentation: Presentation, on: PresentationEvents, instead?: Shown) => Shown;
