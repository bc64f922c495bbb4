// Nothing is painted before this module has been run (see vite.config.ts): the colours that the window had the
// last time, so that a dark window does not flash white, and as the component library sets them, so that nothing is
// styled twice.
const colors = keptColors() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.documentElement.setAttribute('data-mantine-color-scheme', colors);

function keptColors(): string | null {
  try {
    const kept = localStorage.getItem('mantine-color-scheme-value');
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    // Nothing may be kept here; the colours of the system are right then.
    return null;
  }
}
