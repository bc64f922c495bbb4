/** How the window is shown in a picture. */
export interface Form {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  readonly contrast?: 'more';
  /** The screens that are shown so; left out: every one. */
  readonly only?: readonly string[];
  /** The screens whose picture is kept in the repository; left out: every one. The others are kept for comparing. */
  readonly kept?: readonly string[];
}

const DESKTOP = { width: 1280, height: 800 };
const BIG = { width: 2560, height: 1440, only: ['board', 'task'], kept: [] };
const CONTRAST = { contrast: 'more', only: ['board', 'task', 'task-asks', 'settings'], kept: [] } as const;
/** Where little space changes most. */
const TIGHT = ['welcome', 'board', 'list', 'task', 'new-task', 'approvals', 'settings', 'palette'];

export const FORMS: readonly Form[] = [
  { name: 'light', ...DESKTOP, colorScheme: 'light' },
  { name: 'dark', ...DESKTOP, colorScheme: 'dark' },
  { name: 'contrast-light', ...DESKTOP, ...CONTRAST, colorScheme: 'light' },
  { name: 'contrast-dark', ...DESKTOP, ...CONTRAST, colorScheme: 'dark' },
  { name: 'small', width: 900, height: 600, colorScheme: 'light', kept: TIGHT },
  { name: 'phone', width: 390, height: 780, colorScheme: 'dark', kept: TIGHT },
  { name: 'big', ...BIG, colorScheme: 'light' },
];
