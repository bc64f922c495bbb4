import * as z from 'zod';

/** A line of a hunk. `unended`: it is the last of its file, and no line break follows. */
export const diffLine = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  text: z.string(),
  unended: z.literal(true).optional(),
});
export type DiffLine = z.infer<typeof diffLine>;

/** Neighbouring lines that differ, with some around them. Of a diff that was cut the last one holds fewer than it says. */
export const hunk = z.object({
  /** The number of its first line before and after, and how many lines it has of each. */
  before: z.object({ line: z.number(), lines: z.number() }),
  after: z.object({ line: z.number(), lines: z.number() }),
  /** What the lines are in, such as the head of a function; may be empty. */
  heading: z.string(),
  lines: z.array(diffLine),
});
export type Hunk = z.infer<typeof hunk>;

/** How one file differs. */
export const fileChange = z.object({
  /** `noted`: git only says something of the file, see `notes`. */
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'noted']),
  /** Null when it did not or does not exist. */
  oldPath: z.string().nullable(),
  newPath: z.string().nullable(),
  /** As git writes it: `100644`, `100755` may be run, `120000` a link, `160000` another repository. Null where not said. */
  oldMode: z.string().nullable(),
  newMode: z.string().nullable(),
  binary: z.boolean(),
  /** What git says of the file and nothing here holds, line by line. */
  notes: z.array(z.string()),
  /** All that git writes before the hunks, line by line, for those who want it as git writes it. */
  header: z.array(z.string()),
  hunks: z.array(hunk),
});
export type FileChange = z.infer<typeof fileChange>;

/**
 * How what is at a path differs: usually one file; two where a file became something else, such as a link; none when it
 * does not differ.
 */
export const fileDiff = z.object({
  path: z.string(),
  files: z.array(fileChange),
  /** Whether there is more than is given here. */
  cut: z.boolean(),
  /** A sentence on what is not shown, such as the rest of a long diff; null when all is shown. */
  words: z.string().nullable(),
});
export type FileDiff = z.infer<typeof fileDiff>;
