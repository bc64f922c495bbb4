const HIDDEN_MS = 200;

/**
 * Runs `work` once at the next frame, however often it is asked for until then. A page that is not shown has no frames:
 * a short timer stands in.
 */
export function oncePerFrame(work: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const run = () => {
      asked = false;
      work();
    };
    if (document.hidden) setTimeout(run, HIDDEN_MS);
    else requestAnimationFrame(run);
  };
}
