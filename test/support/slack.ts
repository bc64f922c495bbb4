/**
 * How many times longer than promised something may take in a test, which shares its machine with other tests. The
 * benchmark keeps the promises themselves; a list that is not virtual any more is slower than this by far.
 */
export const SLACK = 4;
