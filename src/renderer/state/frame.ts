const HIDDEN_MS = 200;

/** Text that grows is read no better for growing more often, and each time costs a whole frame. */
const GROWING_MS = 25;

/**
 * Runs `work` once at the next frame, however often it is asked for until then. A page that is not shown has no frames:
 * a short timer stands in.
 */
export function oncePerFrame(work: () => void): () => void {
  return atFrames(work, 0);
}

/** The same for what changes all the time: when the frame before has just done it, at the one after the next. */
export function everyOtherFrame(work: () => void): () => void {
  return atFrames(work, GROWING_MS);
}

/** At the first frame that is `leastMs` after the one before. */
function atFrames(work: () => void, leastMs: number): () => void {
  let asked = false;
  let before = Number.NEGATIVE_INFINITY;
  const run = (at: number) => {
    if (at - before < leastMs) {
      requestAnimationFrame(run);
      return;
    }
    asked = false;
    before = at;
    work();
  };
  return () => {
    if (asked) return;
    asked = true;
    if (document.hidden) setTimeout(() => run(performance.now()), HIDDEN_MS);
    else requestAnimationFrame(run);
  };
}
