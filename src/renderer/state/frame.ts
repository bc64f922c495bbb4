const HIDDEN_MS = 200;

/** Text that grows is read no better for growing more often, and each time costs a whole frame. */
const GROWING_MS = 33;

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
  const run = () => {
    asked = false;
    before = performance.now();
    work();
  };
  const atNextFrame = () => void requestAnimationFrame(run);
  return () => {
    if (asked) return;
    asked = true;
    // Frames in which nothing changes cost something too, so none is asked for meanwhile.
    const wait = before + leastMs - performance.now();
    if (document.hidden) setTimeout(run, HIDDEN_MS);
    else if (wait > 0) setTimeout(atNextFrame, wait);
    else atNextFrame();
  };
}
