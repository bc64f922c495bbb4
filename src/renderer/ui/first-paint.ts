// Nothing is painted before this module has been run (see vite.config.ts): the colours that the window had the
// last time, so that a dark window does not flash white.
try {
  const kept = localStorage.getItem('mantine-color-scheme-value');
  if (kept === 'light' || kept === 'dark') document.documentElement.style.colorScheme = kept;
} catch {
  // Nothing may be kept here; the colours of the system are right then.
}
