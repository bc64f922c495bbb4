/** Drover's own sign, as the app and the tray have it (scripts/icons.mjs). `size` is a length of CSS. */
export function Mark({ size }: { size: string }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} fill="none" aria-hidden focusable="false">
      <rect width="32" height="32" rx="7.5" fill="var(--drover-brand)" />
      <path
        d="M7.28 26.22 13.3 9.66a5.88 5.88 0 1 1 10.61 4.95"
        stroke="#ffffff"
        strokeWidth="3.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
