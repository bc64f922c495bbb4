/** In the folder of a landing: the index of the workspace before it, and the one that the commit is made of. */
export const INDEX_BEFORE = 'index-before';
export const INDEX = 'index';
